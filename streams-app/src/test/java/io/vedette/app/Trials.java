package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.DriftStream;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lab runs of one world after one learning period: who is found, how soon, and who is accused. */
final class Trials {

  /** Queries that an attacker may spend. */
  static final int BUDGET = 600;

  private static final Instant DAY_TWO = Scenario.START.plus(Duration.ofDays(1));
  private static final long DAY_TWO_MICROS = DAY_TWO.getEpochSecond() * 1_000_000;
  private static final int CLIENTS = 20;
  private static final int CLEAN_ROWS = 4000; // a day, of all clients
  private static final int DRIFT_LEARNING = 5000; // rows

  private final Site site;
  private final Baseline baseline;

  /** How an attacker behaves. */
  enum Manner {
    /** One account, five queries a second. */
    FAST(1, Pace.perSecond(5), 1),
    /** One account, a query every three minutes: over a day in all. */
    SLOW(1, Pace.every(Duration.ofMinutes(3)), 1),
    /** Fifty accounts in turn, five queries a second. */
    FIFTY_ACCOUNTS(50, Pace.perSecond(5), 1),
    /** One account, of whose queries seven in ten are ordinary rows. */
    COVERED(1, Pace.perSecond(5), 0.3);

    private final int accounts;
    private final Pace pace;
    private final double share;

    Manner(int accounts, Pace pace, double share) {
      this.accounts = accounts;
      this.pace = pace;
      this.share = share;
    }
  }

  /**
   * Learns from a day of clean traffic.
   *
   * @param seed of the clean traffic
   */
  Trials(World world, long seed) {
    this.site = world.build();
    Scenario clean =
        Scenario.of(seed)
            .learning(
                site,
                "acme",
                CLIENTS,
                CLEAN_ROWS,
                Duration.ofDays(1),
                DAY_TWO.plus(Duration.ofHours(1)))
            .build();
    DirectRun run = new DirectRun(DAY_TWO_MICROS);
    for (Exchange exchange : clean) {
      run.accept(exchange);
    }
    this.baseline = run.baselines().values().iterator().next();
  }

  Site site() {
    return site;
  }

  /** Calls that the attacker got answered until an incident named it, -1 when none did. */
  long queriesToDetect(AttackKind kind, Manner manner, long seed) {
    List<CallerId> accounts =
        IntStream.range(0, manner.accounts)
            .mapToObj(a -> new CallerId("acme", "mallory-" + a))
            .toList();
    Participant attacker =
        manner.share < 1
            ? Participant.coveredAttack(
                kind, accounts, site, seed, BUDGET, manner.share, manner.pace, DAY_TWO)
            : Participant.attack(kind, accounts, site, seed, BUDGET, manner.pace, DAY_TWO);
    Duration length = manner == Manner.SLOW ? Duration.ofHours(31) : Duration.ofHours(1);
    Scenario scenario = background(Scenario.of(seed), length).add(attacker).build();
    DirectRun run = DirectRun.with(baseline, DAY_TWO_MICROS);
    long queries = 0;
    for (Exchange exchange : scenario) {
      run.accept(exchange);
      queries += exchange.caller().principal().startsWith("mallory") ? 1 : 0;
      if (run.incidents.stream().anyMatch(Trials::accusesTheAttacker)) {
        return queries;
      }
    }
    return -1;
  }

  private static boolean accusesTheAttacker(Incident incident) {
    return incident.principals().stream().anyMatch(p -> p.startsWith("mallory"));
  }

  /** Titles of the incidents of one day of benign callers; none of them is justified. */
  List<Incident> alarms(BenignKind kind, int callers, long seed) {
    Scenario.Builder builder = background(Scenario.of(seed), Duration.ofDays(1));
    for (int c = 0; c < callers; c++) {
      builder.add(
          Participant.benign(
              kind,
              new CallerId("acme", "subject-" + c),
              site,
              30,
              DAY_TWO,
              DAY_TWO.plus(Duration.ofDays(1))));
    }
    DirectRun run = DirectRun.with(baseline, DAY_TWO_MICROS);
    for (Exchange exchange : builder.build()) {
      run.accept(exchange);
    }
    return opened(run);
  }

  /**
   * Rows from the first changed one until drift is found, -1 when it is not, minus 2 when drift was
   * claimed before.
   */
  static long rowsToFindDrift(
      Site site, DriftStream.Change change, double deviations, int features, int at, long seed) {
    DriftStream stream =
        new DriftStream(site, 10, 20_000, deviations, features, DRIFT_LEARNING + at, change);
    DirectRun run = new DirectRun(Long.MIN_VALUE);
    long rows = 0;
    for (Exchange exchange : stream.scenario(seed, Duration.ofHours(1))) {
      run.accept(exchange);
      rows++;
      if (!run.incidents.isEmpty()) {
        long after = rows - DRIFT_LEARNING - at;
        return after < 0 ? -2 : after;
      }
    }
    return -1;
  }

  /** Incidents of a run without change, {@code rows} beyond learning. */
  static List<Incident> driftClaims(Site site, long seed, int rows) {
    DriftStream stream = DriftStream.clean(site, 10, 20_000);
    DirectRun run = new DirectRun(Long.MIN_VALUE);
    int left = DRIFT_LEARNING + rows;
    for (Exchange exchange : stream.scenario(seed, Duration.ofHours(24))) {
      run.accept(exchange);
      if (--left == 0) {
        break;
      }
    }
    return opened(run);
  }

  private static List<Incident> opened(DirectRun run) {
    List<Incident> opened = new ArrayList<>();
    for (Incident incident : run.incidents) {
      if (incident.activity() == Incident.Activity.CREATE) {
        opened.add(incident);
      }
    }
    return opened;
  }

  /** The clients of the learning period go on. */
  private Scenario.Builder background(Scenario.Builder builder, Duration length) {
    for (int i = 0; i < CLIENTS; i++) {
      CallerId caller = new CallerId("acme", site.population().name() + "-client-" + i);
      double perHour = CLEAN_ROWS / (double) CLIENTS / 24;
      builder.add(
          Participant.benign(habit(i), caller, site, perHour, DAY_TWO, DAY_TWO.plus(length)));
    }
    return builder;
  }

  private BenignKind habit(int client) {
    return switch (client % 10) {
      case 2, 7 -> BenignKind.SKEWED;
      case 4 -> BenignKind.WHAT_IF.fits(site) ? BenignKind.WHAT_IF : BenignKind.INDEPENDENT;
      case 9 -> BenignKind.RETRY;
      default -> BenignKind.INDEPENDENT;
    };
  }
}
