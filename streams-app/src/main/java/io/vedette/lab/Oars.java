package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * HopSkipJump against similarity thresholds, after OARS: a proposal that lies too near to an
 * earlier query of one's own is drawn again from a wider distribution, and bisections end before
 * their points get close.
 */
final class Oars implements Attack {

  /*
   * The paper's attacker asks the defence itself how near is too near. A monitor gives no answer,
   * so here he keeps his own book of queries and a gap that he believes in: 1.5 sd for tables,
   * 0.08 grey per pixel side for pictures. As in the paper a proposal is drawn at most 20 times and
   * the radius grows by bisection until few collide.
   *
   * Feng et al., Stateful Defenses for Machine Learning Models Are Not Yet Secure Against Black-box
   * Attacks, CCS 2023, https://arxiv.org/abs/2303.06280
   */

  private static final int STEPS = 8;
  private static final int PROBES = 30;
  private static final int RETRIES = 20;
  private static final double WIDER = 1.15;

  private final Rng rng;
  private final List<double[]> asked = new ArrayList<>(); // about the present original
  private final List<Double> ratios = new ArrayList<>();
  private double gap = 1.5;
  private double first = Double.NaN;
  private double last = Double.NaN;

  Oars(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    if (oracle.frame().image()) {
      gap = 0.08 * Math.sqrt(oracle.frame().features());
    }
    while (true) {
      asked.clear();
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      double[] start = oracle.genuine(rng);
      for (int i = 0; i < 100 && oracle.label(start) == label; i++) {
        start = oracle.genuine(rng);
      }
      walk(oracle, original, label, start);
      finish();
    }
  }

  private void walk(Oracle oracle, double[] original, int label, double[] start) {
    first = Vec.distance(original, start);
    double[] z = bisect(oracle, original, label, start);
    last = Vec.distance(original, z);
    double radius = gap;
    for (int t = 1; t <= STEPS; t++) {
      double[] sum = new double[z.length];
      int probes = (int) (PROBES * Math.sqrt(t));
      double mean = 0;
      double[] directions = new double[z.length];
      for (int p = 0; p < probes; p++) {
        double[] probe = z;
        for (int retry = 0; retry < RETRIES; retry++) {
          probe = oracle.frame().clip(Vec.plus(z, radius, rng.direction(z.length)));
          if (!near(probe)) {
            break;
          }
          radius *= retry % 5 == 4 ? WIDER : 1; // too crowded here
        }
        double sign = label(oracle, probe) == label ? -1 : 1;
        double[] way = Vec.plus(probe, -1, z);
        sum = Vec.plus(sum, sign, way);
        directions = Vec.plus(directions, 1, way);
        mean += sign / probes;
      }
      double[] normal = Math.abs(mean) > 0.999 ? sum : Vec.plus(sum, -mean, directions);
      double length = Math.max(1e-9, Vec.norm(normal));
      double step = Math.max(gap, Vec.distance(original, z) / Math.sqrt(t));
      double[] next = oracle.frame().clip(Vec.plus(z, step / length, normal));
      if (label(oracle, next) != label) {
        z = nearer(original, z, bisect(oracle, original, label, next));
      }
      last = Math.min(last, Vec.distance(original, z));
      radius = Math.max(gap, radius / WIDER);
    }
  }

  private static double[] nearer(double[] original, double[] a, double[] b) {
    return Vec.distance(original, b) < Vec.distance(original, a) ? b : a;
  }

  /** Halves the way to the frontier as long as the points stay a gap apart. */
  private double[] bisect(Oracle oracle, double[] original, int label, double[] beyond) {
    double low = 0;
    double high = 1;
    while ((high - low) * Vec.distance(original, beyond) > gap) {
      double middle = (low + high) / 2;
      if (label(oracle, Vec.between(original, beyond, middle)) == label) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Vec.between(original, beyond, high);
  }

  private boolean near(double[] z) {
    for (double[] other : asked) {
      if (Vec.distance(z, other) < gap) {
        return true;
      }
    }
    return false;
  }

  private int label(Oracle oracle, double[] z) {
    asked.add(z);
    return oracle.label(z);
  }

  private void finish() {
    if (last < first) {
      ratios.add(last / first);
    }
    first = Double.NaN;
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    finish();
    return Outcome.distance(ratios, 0.7);
  }
}
