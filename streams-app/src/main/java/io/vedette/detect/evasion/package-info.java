/** Black-box evasion: queries that search for an adversarial example. */
@NullMarked
package io.vedette.detect.evasion;

import org.jspecify.annotations.NullMarked;
