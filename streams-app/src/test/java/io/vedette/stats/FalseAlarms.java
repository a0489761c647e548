package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

/** Simulates a null many times and holds Ville's bound, with stopping at the worst moment. */
final class FalseAlarms {

  /** One run under the null. */
  interface Run {
    /** Largest log e-value over the whole run. */
    double sup(SplittableRandom random);
  }

  private FalseAlarms() {}

  /** Checks P(sup E >= 1/alpha) <= alpha at 0.1, 0.01 and 0.001, plus three standard errors. */
  static void assertVille(int runs, long seed, Run run) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] alarms = new int[3];
    for (int i = 0; i < runs; i++) {
      double sup = run.sup(random);
      for (int level = 0; level < alarms.length; level++) {
        if (sup >= (level + 1) * Math.log(10)) {
          alarms[level]++;
        }
      }
    }
    for (int level = 0; level < alarms.length; level++) {
      double alpha = Math.pow(10, -(level + 1));
      assertThat(alarms[level] / (double) runs)
          .as("share of runs with E >= 1/%s", alpha)
          .isLessThanOrEqualTo(alpha + 3 * Math.sqrt(alpha * (1 - alpha) / runs));
    }
  }
}
