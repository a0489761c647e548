package io.vedette.lab;

import io.vedette.core.CallerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A tenant with many honest callers and several models: a week from which the models are learnt,
 * then one day of everybody. Six callers in ten send rows of the population as they come, the
 * others have one of the {@linkplain BenignKind habits} each, in turn. Rates are half-normal, so
 * that most callers call little.
 */
public final class TenantDay {

  private static final String TENANT = "acme";
  private static final Duration LEARNING = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int CLIENTS = 20; // a model, to learn from
  private static final int ROWS = 5_000; // a model, to learn from
  private static final double LEAST_SHARE = 0.02; // of the mean rate
  private static final double HALF_NORMAL_MEAN = Math.sqrt(2 / Math.PI);

  private TenantDay() {}

  /**
   * The scenario.
   *
   * @param sites the tenant's models; callers take turns at them
   * @param callers number of honest callers on the day, the clients who were learnt from not
   *     counted
   * @param callsPerDay mean calls of one caller, above 0
   */
  public static Scenario of(List<Site> sites, int callers, double callsPerDay, long seed) {
    Instant from = Scenario.START.plus(LEARNING);
    Instant to = from.plus(DAY);
    Scenario.Builder builder = Scenario.of(seed);
    for (Site site : sites) {
      builder.learning(site, TENANT, CLIENTS, ROWS, LEARNING, to);
    }
    Rng rates = new Rng(seed).fork("rates");
    int[] met = new int[sites.size()];
    for (int i = 0; i < callers; i++) {
      int at = i % sites.size();
      Site site = sites.get(at);
      BenignKind kind = habit(site, met[at]++);
      double perHour = callsPerDay / 24 * rate(rates);
      CallerId caller = new CallerId(TENANT, kind.id() + "-" + i);
      builder.add(Participant.benign(kind, caller, site, perHour, from, to));
    }
    return builder.build();
  }

  /** Relative to the mean. */
  private static double rate(Rng rng) {
    return Math.max(LEAST_SHARE, Math.abs(rng.gaussian()) / HALF_NORMAL_MEAN);
  }

  private static BenignKind habit(Site site, int number) {
    if (number % 10 < 6) {
      return number % 10 < 4 ? BenignKind.INDEPENDENT : BenignKind.SKEWED;
    }
    List<BenignKind> fitting =
        List.of(BenignKind.values()).stream().filter(kind -> kind.fits(site)).toList();
    int turn = number / 10 * 4 + number % 10 - 6;
    return fitting.get(turn % fitting.size());
  }
}
