/** Bytes in stores: live objects written before each commit. */
@NullMarked
package io.vedette.state;

import org.jspecify.annotations.NullMarked;
