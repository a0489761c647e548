package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * GeoDA: the frontier is nearly flat, so from one point on it the normal is estimated by labels of
 * Gaussian probes, and the next point is looked for from the original along that normal.
 */
final class GeoDa implements Attack {

  /*
   * Probes grow by 1.5 from one normal to the next, as the paper's optimal distribution does; they
   * come from the lowest frequencies of pictures. sigma is a fiftieth of the distance at first.
   *
   * Rahmati, Moosavi-Dezfooli, Frossard, Dai, GeoDA, CVPR 2020, https://arxiv.org/abs/2003.06468
   */

  private static final int NORMALS = 5;
  private static final double FIRST_PROBES = 30;
  private static final double GROWTH = 1.5;
  private static final int DOUBLINGS = 12;
  private static final double ACCURACY = 0.005; // of a bisection, share of the way

  private final Rng rng;
  private final List<Double> ratios = new ArrayList<>(); // final to first distance, per original
  private double first = Double.NaN;
  private double last = Double.NaN;

  GeoDa(Rng rng) {
    this.rng = rng;
  }

  @Override
  public void run(Oracle oracle) {
    boolean image = oracle.frame().image();
    Subspace within =
        image
            ? Subspace.of(oracle, rng.fork("subspace"), 0.3)
            : Subspace.whole(oracle.frame().features());
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      double[] other = oracle.genuine(rng);
      for (int i = 0; i < 100 && oracle.label(other) == label; i++) {
        other = oracle.genuine(rng);
      }
      walk(oracle, original, label, other, within);
      finish();
    }
  }

  private void walk(Oracle oracle, double[] original, int label, double[] start, Subspace within) {
    first = Vec.distance(original, start);
    double[] z = bisect(oracle, original, label, start);
    last = Vec.distance(original, z);
    double probes = FIRST_PROBES;
    for (int t = 0; t < NORMALS; t++) {
      double sigma = 0.02 * Vec.distance(original, z) * Math.sqrt(z.length) / 4;
      double[] normal = new double[z.length];
      for (int p = 0; p < (int) probes; p++) {
        double[] u = within.direction(rng);
        double[] probe = oracle.frame().clip(Vec.plus(z, sigma, u));
        normal = Vec.plus(normal, oracle.label(probe) == label ? -1 : 1, u);
      }
      double length = Vec.norm(normal);
      if (length < 1e-9) {
        return;
      }
      double reach = last / 2;
      double[] beyond = oracle.frame().clip(Vec.plus(original, reach / length, normal));
      int doublings = 0;
      while (oracle.label(beyond) == label && doublings++ < DOUBLINGS) {
        reach *= 1.3;
        beyond = oracle.frame().clip(Vec.plus(original, reach / length, normal));
      }
      if (doublings <= DOUBLINGS) {
        double[] found = bisect(oracle, original, label, beyond);
        if (Vec.distance(original, found) < last) {
          last = Vec.distance(original, found);
          z = found;
        }
      }
      probes *= GROWTH;
    }
  }

  private static double[] bisect(Oracle oracle, double[] original, int label, double[] beyond) {
    double low = 0;
    double high = 1;
    while (high - low > ACCURACY) {
      double middle = (low + high) / 2;
      if (oracle.label(Vec.between(original, beyond, middle)) == label) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Vec.between(original, beyond, high);
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
    return Outcome.distance(ratios, 0.5);
  }
}
