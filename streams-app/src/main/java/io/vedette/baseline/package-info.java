/** What a model's clean traffic looks like: learnt, frozen, shared by detectors. */
@NullMarked
package io.vedette.baseline;

import org.jspecify.annotations.NullMarked;
