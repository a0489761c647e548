/** Statistics with stated guarantees; each cites its paper and its error bound. */
@NullMarked
package io.vedette.stats;

import org.jspecify.annotations.NullMarked;
