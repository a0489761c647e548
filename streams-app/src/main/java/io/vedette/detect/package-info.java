/** The engines that tell detectors of exchanges, cells and panes, and what detectors are told. */
@NullMarked
package io.vedette.detect;

import org.jspecify.annotations.NullMarked;
