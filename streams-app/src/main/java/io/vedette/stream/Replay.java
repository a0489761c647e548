package io.vedette.stream;

import io.vedette.core.Exchange;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What makes a topology a replay: no changelogs, no wall clock, and exchanges that are already
 * paired and in order.
 *
 * @param batch the exchanges that the record being processed stands for, at least one; records only
 *     mark their turn, because the driver below costs more per record than the engines do
 * @param lastMicros latest event time replayed, microseconds
 * @param ended true once nothing more comes: no event, no finding, no incident
 */
record Replay(Supplier<List<Exchange>> batch, LongSupplier lastMicros, BooleanSupplier ended) {}
