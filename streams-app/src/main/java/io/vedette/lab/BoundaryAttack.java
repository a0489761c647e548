package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * The boundary attack: a random walk along the frontier, a step on the sphere around the original
 * and then a step towards it, kept when the label is still wrong.
 */
final class BoundaryAttack implements Attack {

  /*
   * Both step lengths start at 0.1 and adapt to their success rates, as in [1].
   *
   * [1] Brendel, Rauber, Bethge, Decision-Based Adversarial Attacks, ICLR 2018,
   *     https://arxiv.org/abs/1712.04248
   */

  private static final int STEPS = 600;
  private static final int ADAPT = 20; // proposals between adaptations

  private final Rng rng;
  private final List<Double> ratios = new ArrayList<>();
  private double first = Double.NaN;
  private double last = Double.NaN;

  BoundaryAttack(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      double[] z = oracle.genuine(rng);
      for (int i = 0; i < 100 && oracle.label(z) == label; i++) {
        z = oracle.genuine(rng);
      }
      walk(oracle, original, label, z);
      finish();
    }
  }

  private void walk(Oracle oracle, double[] original, int label, double[] start) {
    double[] z = start;
    double around = 0.1; // step on the sphere, share of the distance
    double towards = 0.1; // step to the original, share of the distance
    int held = 0; // proposals on the sphere that stayed adversarial
    int nearer = 0; // of these, steps towards the original that did
    first = Vec.distance(z, original);
    last = first;
    for (int t = 1; t <= STEPS; t++) {
      double[] proposal = onSphere(z, original, around);
      if (oracle.label(oracle.frame().clip(proposal)) != label) {
        held++;
        double[] closer = oracle.frame().clip(Vec.between(proposal, original, towards));
        if (oracle.label(closer) != label) {
          nearer++;
          z = closer;
          last = Math.min(last, Vec.distance(z, original));
        }
      }
      if (t % ADAPT == 0) {
        around *= held > ADAPT / 2 ? 1.3 : held < ADAPT / 5 ? 0.6 : 1;
        around = Math.min(1, around);
        towards *= nearer * 2 > held ? 1.3 : nearer * 5 < held || held == 0 ? 0.6 : 1;
        towards = Math.min(0.5, towards);
        held = 0;
        nearer = 0;
      }
    }
  }

  /** A random step orthogonal to the way to the original, projected back to the same distance. */
  private double[] onSphere(double[] z, double[] original, double step) {
    double distance = Vec.distance(z, original);
    double[] way = Vec.plus(z, -1, original);
    double[] u = rng.gaussians(z.length);
    double[] across = Vec.plus(u, -Vec.dot(u, way) / (distance * distance), way);
    double[] moved = Vec.plus(way, step * distance / Vec.norm(across), across);
    return Vec.plus(original, distance / Vec.norm(moved), moved);
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
    return Outcome.distance(ratios, 0.6);
  }
}
