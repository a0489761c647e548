package io.vedette.lab;

import io.vedette.core.CallerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ready-made scenarios: a week of learning, then a day of ordinary life and attacks. */
public final class Showcase {

  private static final Duration LEARNING = Duration.ofDays(7);
  private static final Duration PLAY = Duration.ofDays(1);
  private static final String TENANT = "acme";
  private static final int BUDGET = 800; // queries per attack, as in the published measurements

  private Showcase() {}

  /** How an attacker calls. */
  public enum Manner {
    /** Five queries a second from one account. */
    FAST,
    /** One query per 45 seconds from one account. */
    SLOW,
    /** One query a second, 50 accounts in turn. */
    SPREAD,
    /** One call a second from one account, every tenth of them an attack query. */
    COVERED
  }

  /**
   * All honest habits on one site, no attack.
   *
   * @param callers callers of the learning period, who go on afterwards
   * @param rows exchanges of the learning period, expected
   */
  public static Scenario benign(Site site, long seed, int callers, int rows) {
    Scenario.Builder builder = learning(site, seed, callers, rows);
    for (BenignKind kind : habits(site)) {
      builder.add(honest(site, kind, 0));
    }
    return builder.build();
  }

  /**
   * All attacks that suit a site, each by accounts of its own, an hour apart, among all honest
   * habits.
   *
   * @param callers callers of the learning period, who go on afterwards
   * @param rows exchanges of the learning period, expected
   */
  public static Scenario attacks(Site site, long seed, int callers, int rows, Manner manner) {
    Scenario.Builder builder = learning(site, seed, callers, rows);
    for (BenignKind kind : habits(site)) {
      builder.add(honest(site, kind, 0));
    }
    int hour = 0;
    for (AttackKind kind : AttackKind.values()) {
      if (kind.suits(site)) {
        Instant from = Scenario.START.plus(LEARNING).plus(Duration.ofHours(hour++ % 24));
        builder.add(attack(site, kind, seed, manner, from));
      }
    }
    return builder.build();
  }

  /** One attack in one manner, from {@code <attack>-<n>} accounts. */
  public static Participant attack(
      Site site, AttackKind kind, long seed, Manner manner, Instant from) {
    int accounts = manner == Manner.SPREAD ? 50 : 1;
    List<CallerId> callers =
        IntStream.range(0, accounts)
            .mapToObj(i -> new CallerId(TENANT, kind.id() + "-" + i))
            .toList();
    return switch (manner) {
      case FAST -> Participant.attack(kind, callers, site, seed, BUDGET, Pace.perSecond(5), from);
      case SLOW ->
          Participant.attack(
              kind, callers, site, seed, BUDGET, Pace.every(Duration.ofSeconds(45)), from);
      case SPREAD -> Participant.attack(kind, callers, site, seed, BUDGET, Pace.perSecond(1), from);
      case COVERED ->
          Participant.coveredAttack(
              kind, callers, site, seed, BUDGET, 0.1, Pace.perSecond(1), from);
    };
  }

  /** One honest caller of a kind, for the day after learning. */
  public static Participant honest(Site site, BenignKind kind, int number) {
    Instant from = Scenario.START.plus(LEARNING);
    CallerId caller = new CallerId(TENANT, kind.id() + "-" + number);
    return Participant.benign(kind, caller, site, 40, from, from.plus(PLAY));
  }

  private static Scenario.Builder learning(Site site, long seed, int callers, int rows) {
    Instant end = Scenario.START.plus(LEARNING).plus(PLAY);
    return Scenario.of(seed).learning(site, TENANT, callers, rows, LEARNING, end);
  }

  private static List<BenignKind> habits(Site site) {
    List<BenignKind> habits = new ArrayList<>();
    for (BenignKind kind : BenignKind.values()) {
      if (kind.fits(site)) {
        habits.add(kind);
      }
    }
    return habits;
  }
}
