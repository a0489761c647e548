package io.vedette.lab;

import io.vedette.core.CallerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Population traffic of several callers that drifts at a row, or never: an abrupt shift of some
 * features by a number of standard deviations.
 *
 * @param site model under watch
 * @param callers number of callers, rows dealt to them in turn
 * @param rowsPerHour steady rate of rows
 * @param deviations size of the shift, sd
 * @param features number of features that shift
 * @param at first shifted row, 0-based; {@link Long#MAX_VALUE} for a clean run
 */
public record DriftStream(
    Site site, int callers, double rowsPerHour, double deviations, int features, long at) {

  /** Traffic without drift. */
  public static DriftStream clean(Site site, int callers, double rowsPerHour) {
    return new DriftStream(site, callers, rowsPerHour, 0, 0, Long.MAX_VALUE);
  }

  /** The stream as a scenario of a given length. */
  public Scenario scenario(long seed, Duration length) {
    List<CallerId> accounts =
        IntStream.range(0, callers)
            .mapToObj(i -> new CallerId("acme", "drift-client-" + i))
            .toList();
    Instant end = Scenario.START.plus(length);
    Pace pace = Pace.poisson(rowsPerHour);
    return Scenario.of(seed)
        .add(
            new Participant(
                at == Long.MAX_VALUE ? "benign:clean" : "benign:drift",
                accounts,
                site,
                this::actor,
                pace,
                Scenario.START,
                end))
        .build();
  }

  private Actor actor(Rng rng) {
    Shift shift = Shift.of(site, deviations, features, rng.fork("shift"));
    long[] row = {0};
    return () -> {
      float[] x = site.population().draw(rng).x();
      return Query.session(row[0]++ < at ? x : shift.apply(x));
    };
  }
}
