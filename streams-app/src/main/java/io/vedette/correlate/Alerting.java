package io.vedette.correlate;

/**
 * When incidents open, repeat and close.
 *
 * @param falseAlarmsPerCallerDay false alarms allowed per benign caller and day, above 0, at most
 *     0.1; shared evenly by the three scopes
 * @param cells fingerprint cells that are active in a day; each is a hypothesis of its own
 * @param heartbeatMicros an open incident is repeated after this long at most while findings come
 * @param closeAfterMicros an incident closes after this long without a finding
 */
public record Alerting(
    double falseAlarmsPerCallerDay, long cells, long heartbeatMicros, long closeAfterMicros) {

  /** Checks its limits. */
  public Alerting {
    if (!(falseAlarmsPerCallerDay > 0 && falseAlarmsPerCallerDay <= 0.1)) {
      throw new IllegalArgumentException(
          "alerting.falseAlarmsPerCallerDay must be above 0 and at most 0.1, was "
              + falseAlarmsPerCallerDay);
    }
  }

  /** One in ten thousand caller-days, 100,000 cells, 15 minutes, one hour. */
  public static Alerting defaults() {
    return new Alerting(1e-4, 100_000, 900_000_000L, 3_600_000_000L);
  }
}
