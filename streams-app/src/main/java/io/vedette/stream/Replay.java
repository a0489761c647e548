package io.vedette.stream;

import io.vedette.core.Exchange;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What makes a topology a replay: no changelogs, no wall clock, exchanges that are already paired
 * and in order.
 *
 * @param stamp gives the exchange being replayed back its origin and pairing, which topics do not
 *     carry
 * @param lastMicros latest event time replayed, microseconds
 */
record Replay(UnaryOperator<Exchange> stamp, LongSupplier lastMicros) {}
