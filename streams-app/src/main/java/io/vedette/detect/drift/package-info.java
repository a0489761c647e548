/** Drift: a model's inputs or answers no longer look like its clean traffic. */
@NullMarked
package io.vedette.detect.drift;

import org.jspecify.annotations.NullMarked;
