/** Membership inference: queries that find out who was in the training data. */
@NullMarked
package io.vedette.detect.membership;

import org.jspecify.annotations.NullMarked;
