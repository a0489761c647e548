package io.vedette.correlate;

import java.util.Set;

/**
 * When incidents open, repeat, close and open again.
 *
 * @param falseAlarmsPerCallerDay false alarms allowed per benign caller and day, above 0, at most
 *     0.1; shared evenly by the three scopes
 * @param cells fingerprint cells that are active in a day; each is a hypothesis of its own
 * @param heartbeatMicros an open incident is repeated after this long while findings come; each
 *     time after twice as long as before, at most a day
 * @param closeAfterMicros an incident closes after this long without a finding
 * @param reopenMicros a subject that comes back within this time of a closing opens the same
 *     incident again
 * @param mostUpdates updates of one incident, at least 10, of which 9 may be held back for
 *     escalations; beyond them it speaks once a day
 * @param criticalModels models whose incidents are one severity higher
 * @param joinCampaigns whether incidents of accounts go into the open one of their campaign
 */
public record Alerting(
    double falseAlarmsPerCallerDay,
    long cells,
    long heartbeatMicros,
    long closeAfterMicros,
    long reopenMicros,
    int mostUpdates,
    Set<String> criticalModels,
    boolean joinCampaigns) {

  private static final int SCOPES = 3;
  private static final long DAY = 86_400_000_000L;

  /** Checks its limits. */
  public Alerting {
    if (!(falseAlarmsPerCallerDay > 0 && falseAlarmsPerCallerDay <= 0.1)) {
      throw new IllegalArgumentException(
          "alerting.falseAlarmsPerCallerDay must be above 0 and at most 0.1, was "
              + falseAlarmsPerCallerDay);
    }
    if (mostUpdates < 10) {
      throw new IllegalArgumentException(
          "alerting.mostUpdates must be at least 10, was " + mostUpdates);
    }
    criticalModels = Set.copyOf(criticalModels);
  }

  /** With reopening within a day, 20 updates and no critical models. */
  public Alerting(
      double falseAlarmsPerCallerDay, long cells, long heartbeatMicros, long closeAfterMicros) {
    this(
        falseAlarmsPerCallerDay, cells, heartbeatMicros, closeAfterMicros, DAY, 20, Set.of(), true);
  }

  /** One in ten thousand caller-days, 100,000 cells, 15 minutes, one hour. */
  public static Alerting defaults() {
    return new Alerting(1e-4, 100_000, 900_000_000L, 3_600_000_000L);
  }

  /** log10 of the evidence at which a caller's or a model's incident opens: 3 / alpha. */
  double threshold() {
    return Math.log10(SCOPES / falseAlarmsPerCallerDay);
  }

  /** log10 of the evidence at which a cell's incident opens: 3 cells / alpha. */
  double cellThreshold() {
    return threshold() + Math.log10((double) cells);
  }
}
