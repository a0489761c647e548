package io.vedette.lab;

import io.vedette.core.CallerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Population traffic of several callers that changes abruptly at a row, or never.
 *
 * @param site model under watch
 * @param callers number of callers, rows dealt to them in turn
 * @param rowsPerHour mean rate of rows, Poisson
 * @param deviations size of a {@link Change#SHIFT}, sd; no meaning for other changes
 * @param features number of features that change, chosen by the seed
 * @param at first changed row, 0-based; {@link Long#MAX_VALUE} for a clean run
 * @param change what happens
 */
public record DriftStream(
    Site site,
    int callers,
    double rowsPerHour,
    double deviations,
    int features,
    long at,
    Change change) {

  /** What happens to the chosen features. */
  public enum Change {
    /** They move by a number of standard deviations, up or down. */
    SHIFT,
    /** They arrive in another unit, a hundred times as large. */
    UNIT,
    /** Four of ten values are missing. */
    NULLS,
    /** They come from another row: same marginals, no correlation with the rest. */
    DECORRELATION
  }

  private static final double MISSING = 0.4;

  /** An abrupt shift. */
  public static DriftStream shift(
      Site site, int callers, double rowsPerHour, double deviations, int features, long at) {
    return new DriftStream(site, callers, rowsPerHour, deviations, features, at, Change.SHIFT);
  }

  /** Traffic without drift. */
  public static DriftStream clean(Site site, int callers, double rowsPerHour) {
    return shift(site, callers, rowsPerHour, 0, 0, Long.MAX_VALUE);
  }

  /** The stream as a scenario of a given length. */
  public Scenario scenario(long seed, Duration length) {
    List<CallerId> accounts =
        IntStream.range(0, callers)
            .mapToObj(i -> new CallerId("acme", "drift-client-" + i))
            .toList();
    Instant end = Scenario.START.plus(length);
    return Scenario.of(seed)
        .add(
            new Participant(
                at == Long.MAX_VALUE ? "benign:clean" : "benign:drift",
                accounts,
                site,
                this::actor,
                Pace.poisson(rowsPerHour),
                Scenario.START,
                end))
        .build();
  }

  private Actor actor(Rng rng) {
    Shift shift = Shift.of(site, deviations, features, rng.fork("shift"));
    int[] chosen = rng.fork("shift").permutation(site.population().features());
    Rng changes = rng.fork("changes");
    long[] row = {0};
    return () -> {
      float[] x = site.population().draw(rng).x();
      if (row[0]++ < at) {
        return Query.session(x);
      }
      return Query.session(change == Change.SHIFT ? shift.apply(x) : changed(x, chosen, changes));
    };
  }

  private float[] changed(float[] x, int[] chosen, Rng rng) {
    float[] other = site.population().draw(rng).x();
    for (int i = 0; i < Math.min(features, x.length); i++) {
      int f = chosen[i];
      switch (change) {
        case UNIT -> x[f] = 100 * x[f];
        case NULLS -> x[f] = rng.chance(MISSING) ? Float.NaN : x[f];
        default -> x[f] = other[f];
      }
    }
    return x;
  }
}
