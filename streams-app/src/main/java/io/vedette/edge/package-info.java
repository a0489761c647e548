/** The world outside: formats, HTTP, command line, embedded broker and registry. */
@NullMarked
package io.vedette.edge;

import org.jspecify.annotations.NullMarked;
