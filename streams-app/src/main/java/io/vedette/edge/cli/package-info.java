/** What the terminal shows of an incident. */
@NullMarked
package io.vedette.edge.cli;

import org.jspecify.annotations.NullMarked;
