package io.vedette.stats;

/** Places an event relative to the day of its ledger: the false-alarm budget is per UTC day. */
public enum DayReset {
  /** The event belongs to the ledger's day: it may bet. */
  SAME_DAY,
  /** The event opens a later day: put the ledger back to E = 1, then it may bet. */
  NEW_DAY,
  /** The event belongs to a day already closed: it must not bet, nor bring the old ledger back. */
  LATE;

  /** Day of a ledger that has seen nothing. */
  public static final long NO_DAY = Long.MIN_VALUE;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** Days since 1970-01-01 UTC of an event time, microseconds; negative before. */
  public static long day(long timeMicros) {
    return Math.floorDiv(timeMicros, MICROS_PER_DAY);
  }

  /** The event time at which the day of an event time began, microseconds. */
  public static long midnight(long timeMicros) {
    return timeMicros - Math.floorMod(timeMicros, MICROS_PER_DAY);
  }

  /**
   * Places an event.
   *
   * @param ledgerDay day index of the ledger, {@link #NO_DAY} when fresh
   * @param timeMicros event time, microseconds since 1970-01-01 UTC
   */
  public static DayReset of(long ledgerDay, long timeMicros) {
    long day = day(timeMicros);
    if (day == ledgerDay) {
      return SAME_DAY;
    }
    return day > ledgerDay ? NEW_DAY : LATE;
  }
}
