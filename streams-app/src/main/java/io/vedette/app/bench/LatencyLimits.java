package io.vedette.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How late an incident may be at half the load that the service can work off.
 *
 * @param p50Millis limit of the median, infinite for none
 * @param p99Millis limit of the 99th percentile
 */
record LatencyLimits(double p50Millis, double p99Millis) {

  /** The limits of a guarantee; exactly once, each of three hops waits for a commit. */
  static LatencyLimits of(String guarantee) {
    return guarantee.equals("exactly_once_v2")
        ? new LatencyLimits(Double.POSITIVE_INFINITY, 1_000)
        : new LatencyLimits(50, 300);
  }

  /** What is over its limit; a run without incidents has measured nothing. */
  List<String> excesses(List<Double> millis) {
    if (millis.isEmpty()) {
      return List.of("no incident came");
    }
    List<String> over = new ArrayList<>();
    check("p50", quantile(millis, 0.5), p50Millis, over);
    check("p99", quantile(millis, 0.99), p99Millis, over);
    return over;
  }

  private static void check(String name, double value, double limit, List<String> over) {
    if (value > limit) {
      over.add(String.format(Locale.ROOT, "%s was %.0f ms, limit %.0f ms", name, value, limit));
    }
  }

  /** The smallest value that this share of all does not exceed. */
  static double quantile(List<Double> millis, double share) {
    List<Double> sorted = millis.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
