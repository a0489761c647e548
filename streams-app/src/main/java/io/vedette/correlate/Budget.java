package io.vedette.correlate;

import io.vedette.core.IncidentStage;
import io.vedette.core.Severity;

/** How often an incident speaks, and how long a silence closes it. */
final class Budget {

  /*
   * An incident has mostUpdates updates (20); reopenings are among them. Of these, one is held back
   * for each level that its severity may still climb and for each stage it has not had, so a rise of
   * either is always told: at most 4 + 5 are. What is free beside them is spent by rank, in twentieths
   * of mostUpdates:
   *
   *   a detector that is new, an incident that it takes in: while any is free;
   *   evidence that has grown tenfold, a member that joins: while more than 4 are;
   *   findings that have doubled (from ten on), a heartbeat (after intervals that double): more than 7.
   *
   * So what only says that it goes on never spends what an escalation needs. Evidence has grown when
   * it has by a quarter of its decades, at least one; members when they have by one. Once 7 are free
   * or fewer, both must double. A day after it last spoke an incident speaks whatever is left.
   *
   * The silence that closes it, closeAfter, doubles with each reopening, up to a day; with nothing
   * left it is a day. So who pulses just slower than it closes is heard of a few times a day, and
   * while an incident is closed an update is left to open it.
   */

  private static final long DAY = 86_400_000_000L;
  private static final int SLOW = 24; // times closeAfter, for incidents of a model
  private static final int MOST_DOUBLINGS = 20; // a day comes much sooner
  private static final int FIRST_DOUBLING = 10; // findings
  private static final int STAGES = IncidentStage.values().length;

  private final Alerting alerting;

  Budget(Alerting alerting) {
    this.alerting = alerting;
  }

  /** Updates that are held back: rises of severity and stages that may still come. */
  static int reserve(Case c) {
    return Severity.CRITICAL.level() - c.severity.level() + STAGES - c.stages.size();
  }

  private int free(Case c) {
    return alerting.mostUpdates() - c.updates - reserve(c);
  }

  private int twentieths(int n) {
    return alerting.mostUpdates() * n / 20;
  }

  /**
   * Whether a finding that raised neither severity nor stage makes an open incident speak.
   *
   * @param news it brought a detector or an incident that is new
   */
  boolean isDue(Case c, long nowMicros, boolean news) {
    int free = free(c);
    return (news && free > 0)
        || ((isGrown(c) || joined(c)) && free > twentieths(4))
        || ((doubled(c) || beats(c, nowMicros)) && free > twentieths(7))
        || nowMicros - c.lastActivityMicros >= DAY;
  }

  /** Whether it is time for a heartbeat. */
  boolean beats(Case c, long nowMicros) {
    long heartbeat = alerting.heartbeatMicros();
    long interval = Math.min(DAY, heartbeat << Math.min(MOST_DOUBLINGS, c.beats));
    return nowMicros - c.lastActivityMicros >= Math.max(heartbeat, interval);
  }

  /** Whether evidence has grown since the incident last spoke. */
  boolean isGrown(Case c) {
    return c.peak >= c.told + Math.max(1, scarce(c) ? c.told : c.told / 4);
  }

  private boolean joined(Case c) {
    int more = scarce(c) ? c.toldMembers : 1;
    return c.members >= c.toldMembers + Math.max(1, more);
  }

  private boolean scarce(Case c) {
    return free(c) <= twentieths(7);
  }

  private static boolean doubled(Case c) {
    return c.findings >= Math.max(FIRST_DOUBLING, 2 * c.toldFindings);
  }

  /** Silence after which an incident closes. */
  long silenceMicros(Case c) {
    long own = alerting.closeAfterMicros() * (c.slow ? SLOW : 1);
    long most = Math.max(DAY, own);
    return free(c) <= 0 ? most : Math.min(most, own << Math.min(MOST_DOUBLINGS, c.reopened));
  }
}
