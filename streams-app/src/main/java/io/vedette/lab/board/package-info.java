/**
 * The scoreboard: attacks in every mode and honest callers by the day, watched by a product and by
 * published rules on the same traffic.
 */
@NullMarked
package io.vedette.lab.board;

import org.jspecify.annotations.NullMarked;
