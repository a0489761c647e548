/** Model inversion: queries that rebuild a class, or a hidden feature of people. */
@NullMarked
package io.vedette.detect.inversion;

import org.jspecify.annotations.NullMarked;
