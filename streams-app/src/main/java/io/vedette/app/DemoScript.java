package io.vedette.app;

import io.vedette.core.CallerId;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What the demo plays: two models, forty honest callers, and an attack every ten seconds. */
final class DemoScript {

  static final Duration LEARNING = Duration.ofMinutes(10);

  private static final String TENANT = "acme";
  private static final int CALLERS = 20; // per model
  private static final int ROWS = 3000; // learnt per model
  private static final int ATTACKS = 360;
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final int BUDGET = 150; // queries
  private static final Duration LENGTH = BETWEEN.multipliedBy(ATTACKS);

  private final List<Site> sites = List.of(World.LOAN.build(), World.CHURN.build());

  /** The moment from which the scenario is played live. */
  static Instant live() {
    return Scenario.START.plus(LEARNING);
  }

  Scenario scenario(long seed) {
    Site loan = sites.get(0);
    Site churn = sites.get(1);
    Instant end = live().plus(LENGTH);
    Scenario.Builder builder = Scenario.of(seed);
    for (Site site : sites) {
      builder.learning(site, TENANT, CALLERS, ROWS, LEARNING, end);
    }
    for (BenignKind kind : List.of(BenignKind.WHAT_IF, BenignKind.MONITORED, BenignKind.RETRY)) {
      CallerId caller = new CallerId(TENANT, kind.id());
      builder.add(Participant.benign(kind, caller, loan, Pace.poisson(1800), live(), end));
    }
    for (int i = 0; i < ATTACKS; i++) {
      Instant from = live().plusMillis(500).plus(BETWEEN.multipliedBy(i));
      long attackSeed = seed * ATTACKS + i;
      builder.add(
          switch (i % 4) {
            case 0 -> attack(AttackKind.UNIFORM_RANGE, loan, attackSeed, i, 1, from);
            case 1 -> attack(AttackKind.PATH_FINDING, churn, attackSeed, i, 1, from);
            case 2 -> attack(AttackKind.HOP_SKIP_JUMP, loan, attackSeed, i, 1, from);
            default -> attack(AttackKind.HOP_SKIP_JUMP, churn, attackSeed, i, 20, from);
          });
    }
    return builder.build();
  }

  private static Participant attack(
      AttackKind kind, Site site, long seed, int number, int accounts, Instant from) {
    List<CallerId> callers =
        IntStream.range(0, accounts)
            .mapToObj(a -> new CallerId(TENANT, "client-" + (1000 + number * 20 + a)))
            .toList();
    return Participant.attack(kind, callers, site, seed, BUDGET, Pace.perSecond(10), from);
  }
}
