/** Health, metrics, recent incidents and the console over HTTP. */
@NullMarked
package io.vedette.edge.http;

import org.jspecify.annotations.NullMarked;
