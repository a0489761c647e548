package io.vedette.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * ActiveThief: of a pool of natural rows only those are asked from which the copy learns most; the
 * copy is trained anew after each round.
 */
final class ActiveThief implements Attack {

  /*
   * A pool of 1,100 rows, half of the victim's kind and half of another domain; rounds of 100, the
   * first one random.
   *
   * Pal et al., ActiveThief: Model Extraction Using Active Learning and Unannotated Public Data,
   * AAAI 2020 (selection by entropy and by greedy k-centre on the copy's answers; Sener, Savarese
   * 2018)
   */

  private static final int POOL = 1_100;
  private static final int ROUND = 100;

  private final Rng rng;
  private final boolean centres; // k-centre, else uncertainty
  private final Foreign foreign;

  ActiveThief(Rng rng, Site site, boolean centres) {
    this.rng = rng;
    this.centres = centres;
    this.foreign = Foreign.to(site, rng);
  }

  @Override
  public void run(Oracle oracle) {
    List<double[]> pool = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      pool.add(i % 2 == 0 ? oracle.genuine(rng) : foreign.draw(oracle.frame(), rng));
    }
    List<float[]> answered = new ArrayList<>(); // the copy's answers to what was asked
    for (int i = 0; i < ROUND; i++) {
      oracle.ask(pool.remove(rng.below(pool.size())));
    }
    while (pool.size() > ROUND) {
      Network copy =
          Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("round"));
      List<float[]> answers = new ArrayList<>();
      for (double[] z : pool) {
        answers.add(copy.probabilities(oracle.frame().row(z)));
      }
      answered.clear();
      for (float[] x : oracle.queries()) {
        answered.add(copy.probabilities(x));
      }
      int[] chosen = centres ? centres(answers, answered) : unsure(answers);
      List<double[]> round = new ArrayList<>();
      for (int index : chosen) {
        round.add(pool.get(index));
      }
      pool.removeAll(round);
      round.forEach(oracle::ask);
    }
  }

  /** The rows whose answers are least sure. */
  private static int[] unsure(List<float[]> answers) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> -entropy(answers.get(i))));
    return order.stream().limit(ROUND).mapToInt(i -> i).toArray();
  }

  private static double entropy(float[] answer) {
    double sum = 0;
    for (float p : answer) {
      sum -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return sum;
  }

  /** Rows that lie farthest from all chosen before, one after the other. */
  private static int[] centres(List<float[]> answers, List<float[]> answered) {
    double[] gaps = new double[answers.size()];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = Double.MAX_VALUE;
      for (float[] other : answered) {
        gaps[i] = Math.min(gaps[i], squared(answers.get(i), other));
      }
    }
    int[] chosen = new int[ROUND];
    for (int c = 0; c < ROUND; c++) {
      int far = 0;
      for (int i = 1; i < gaps.length; i++) {
        far = gaps[i] > gaps[far] ? i : far;
      }
      chosen[c] = far;
      float[] centre = answers.get(far);
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = Math.min(gaps[i], squared(answers.get(i), centre));
      }
      gaps[far] = -1;
    }
    return chosen;
  }

  private static double squared(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return sum;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
