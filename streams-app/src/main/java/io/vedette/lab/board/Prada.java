package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.lab.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PRADA: distances between an account's queries of one answered class are normal for honest traffic
 * and not for synthetic queries.
 */
final class Prada implements Peer {

  /*
   * As published: per account and class a growing set with a threshold; a query's distance to the
   * set goes to the distances; a query farther than the threshold joins the set, whose new threshold
   * is the greater of the old one and mean minus deviation of its own distances. Every 10 queries
   * the distances of classes that have at least 10 are pooled, outliers beyond 3 deviations dropped,
   * and with more than 100 left the account is flagged when Shapiro-Wilk's W is below delta; 0.90 to
   * 0.96 are published, and the least accuses the fewest honest callers. Tables are standardised, as a model's input is.
   *
   * Bounded here: the last 1,000 distances of an account, of its first 2,000 queries; a flagged
   * account is looked at no more.
   *
   * Juuti, Szyller, Marchal, Asokan, PRADA, EuroS&P 2019, https://arxiv.org/abs/1805.02628
   */

  private static final int EVERY = 10;
  private static final int LEAST_OF_CLASS = 10;
  private static final int LEAST = 100;
  private static final int MOST_QUERIES = 2_000;
  private static final int MOST_DISTANCES = 1_000;

  private final double delta;
  private final Spread spread;
  private final boolean image;
  private final Map<CallerId, Account> accounts = new HashMap<>();

  Prada(double delta, Spread spread, boolean image) {
    this.delta = delta;
    this.spread = spread;
    this.image = image;
  }

  private static final class Growing {
    final List<float[]> set = new ArrayList<>();
    final List<Double> setDistances = new ArrayList<>();
    final List<Double> distances = new ArrayList<>();
    double threshold;
  }

  private static final class Account {
    final Map<String, Growing> classes = new HashMap<>();
    int queries;
    boolean flagged;
  }

  @Override
  public boolean flags(Exchange exchange) {
    if (!(exchange.input() instanceof Payload.Features features)) {
      return false;
    }
    Account account = accounts.computeIfAbsent(exchange.caller(), c -> new Account());
    int d = features.columns();
    if (account.flagged) {
      return true;
    }
    for (int r = 0; r < features.rows() && account.queries < MOST_QUERIES; r++) {
      String label = String.valueOf(exchange.answer(r).label());
      float[] x = Arrays.copyOfRange(features.values(), r * d, (r + 1) * d);
      take(account.classes.computeIfAbsent(label, c -> new Growing()), scaled(x));
      account.queries++;
      account.flagged |= account.queries % EVERY == 0 && abnormal(account);
    }
    return account.flagged;
  }

  private float[] scaled(float[] x) {
    for (int i = 0; i < x.length; i++) {
      float value = Float.isNaN(x[i]) ? spread.mean()[i] : x[i];
      x[i] = image ? value : (value - spread.mean()[i]) / spread.sd()[i];
    }
    return x;
  }

  private static void take(Growing growing, float[] x) {
    if (growing.set.isEmpty()) {
      growing.set.add(x);
      growing.setDistances.add(0.0);
      return;
    }
    double nearest = Double.MAX_VALUE;
    for (float[] other : growing.set) {
      nearest = Math.min(nearest, squared(x, other, nearest));
    }
    nearest = Math.sqrt(nearest);
    growing.distances.add(nearest);
    if (nearest > growing.threshold) {
      growing.set.add(x);
      growing.setDistances.add(nearest);
      double[] all = growing.setDistances.stream().mapToDouble(v -> v).toArray();
      growing.threshold = Math.max(growing.threshold, mean(all) - deviation(all));
    }
  }

  /** Squared distance, or anything beyond {@code limit} when it is farther. */
  private static double squared(float[] a, float[] b, double limit) {
    double sum = 0;
    for (int i = 0; i < a.length && sum < limit; i++) {
      double diff = a[i] - b[i];
      sum += diff * diff;
    }
    return sum;
  }

  private boolean abnormal(Account account) {
    List<Double> pool = new ArrayList<>();
    for (Growing growing : account.classes.values()) {
      if (growing.distances.size() >= LEAST_OF_CLASS) {
        pool.addAll(growing.distances);
      }
    }
    int from = Math.max(0, pool.size() - MOST_DISTANCES);
    double[] all = pool.subList(from, pool.size()).stream().mapToDouble(v -> v).toArray();
    double mean = mean(all);
    double reach = 3 * deviation(all);
    double[] kept = Arrays.stream(all).filter(v -> Math.abs(v - mean) <= reach).sorted().toArray();
    return kept.length > LEAST && ShapiroWilk.w(kept) < delta;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length == 0 ? 0 : Math.sqrt(sum / values.length);
  }
}
