package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Participant.Manner;
import io.vedette.lab.Site;
import io.vedette.lab.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How an attacker calls. */
public enum Mode {
  /** One account, five queries a second. */
  FAST(1, 1, Pace.perSecond(5), Manner.IN_TURN),
  /** One account, a query every 45 seconds. */
  SLOW(1, 1, Pace.every(Duration.ofSeconds(45)), Manner.IN_TURN),
  /** Fifty accounts in turn, each with an address of its own, one query a second in all. */
  SPREAD(50, 1, Pace.perSecond(1), Manner.IN_TURN),
  /** Fifty accounts behind three addresses, eight queries each before the next one's turn. */
  SPREAD_CHUNKS(50, 1, Pace.perSecond(1), new Manner(8, 3, "API_KEY")),
  /** One account, every second call an ordinary one. */
  COVER_1_1(1, 0.5, Pace.perSecond(2), Manner.IN_TURN),
  /** One account, four of five calls ordinary ones. */
  COVER_4_1(1, 0.2, Pace.perSecond(2), Manner.IN_TURN);

  private final int accounts;
  private final double share; // of attack queries among the calls
  private final Pace pace;
  private final Manner manner;

  Mode(int accounts, double share, Pace pace, Manner manner) {
    this.accounts = accounts;
    this.share = share;
    this.pace = pace;
    this.manner = manner;
  }

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Number of accounts. */
  public int accounts() {
    return accounts;
  }

  /** The attacker's accounts. */
  List<CallerId> callers() {
    return IntStream.range(0, accounts)
        .mapToObj(a -> new CallerId("acme", "mallory-" + a))
        .toList();
  }

  /** Somebody who plays a recorded attack in this mode. */
  Participant attacker(Trace trace, Site site, Instant from) {
    return Participant.recorded(trace, callers(), site, share, pace, from, manner);
  }

  /** A time in which the attack is over, generously. */
  Duration length(int queries) {
    double perQuery = this == SLOW ? 48 : this == FAST ? 0.22 : 1.1 / Math.min(1, share * 2);
    return Duration.ofSeconds((long) (perQuery * 1.5 * queries) + 600);
  }
}
