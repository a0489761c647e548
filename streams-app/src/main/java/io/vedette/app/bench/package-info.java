/** The bench: traffic of the lab at full speed, measured against a topology that does nothing. */
@NullMarked
package io.vedette.app.bench;

import org.jspecify.annotations.NullMarked;
