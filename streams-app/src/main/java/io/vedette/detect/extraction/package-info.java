/** Model extraction: queries chosen to copy a model. */
@NullMarked
package io.vedette.detect.extraction;

import org.jspecify.annotations.NullMarked;
