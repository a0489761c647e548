package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * HopSkipJump for the L2 norm: from a point of another class it walks along the frontier towards
 * the original, seeing labels only. It attacks one original after another.
 */
final class HopSkipJump implements Attack {

  /*
   * Each iteration: bisect to the frontier, estimate the frontier's normal from B0 * sqrt(t) probes
   * on a sphere of radius delta, step along it by distance / sqrt(t), halved until the point stays
   * adversarial [1]. theta = 1 / (d sqrt(d)) and delta = sqrt(d) * theta * distance as in [1].
   *
   * QEBA draws the probes from a subspace, a fifth of an image's dimensions or the
   * main components of a table [2].
   *
   * [1] Chen, Jordan, Wainwright, HopSkipJumpAttack, S&P 2020, https://arxiv.org/abs/1904.02144
   * [2] Li et al., QEBA, CVPR 2020, https://arxiv.org/abs/2005.14137
   */

  private static final int ITERATIONS = 12;
  private static final int START_TRIES = 100;

  private final Rng rng;
  private final int firstProbes; // B0
  private final boolean noiseStart;
  private final double inflation; // of the probes' radius
  private final boolean subspace; // probes only where data vary, as QEBA does
  private final List<Double> ratios = new ArrayList<>(); // final to first distance, per original
  private double first = Double.NaN;
  private double last = Double.NaN;

  HopSkipJump(Rng rng, int firstProbes, boolean noiseStart, double inflation, boolean subspace) {
    this.subspace = subspace;
    this.rng = rng;
    this.firstProbes = firstProbes;
    this.noiseStart = noiseStart;
    this.inflation = inflation;
  }

  @Override
  public void run(Oracle oracle) {
    Subspace probes =
        subspace
            ? Subspace.of(oracle, rng.fork("subspace"), oracle.frame().image() ? 0.2 : 0.6)
            : Subspace.whole(oracle.frame().features());
    while (true) {
      double[] original = oracle.genuine(rng);
      int label = oracle.label(original);
      double[] start = start(oracle, label);
      if (start.length > 0) {
        walk(oracle, original, label, start, probes);
        finish();
      }
    }
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

  /** A point of another class, empty when none was found. */
  private double[] start(Oracle oracle, int label) {
    for (int i = 0; i < START_TRIES; i++) {
      double[] z = oracle.genuine(rng);
      for (int f = 0; noiseStart && f < z.length; f++) {
        z[f] = rng.uniform(oracle.frame().low(f), oracle.frame().high(f));
      }
      if (oracle.label(z) != label) {
        return z;
      }
    }
    return new double[0];
  }

  private void walk(Oracle oracle, double[] original, int label, double[] start, Subspace within) {
    int d = original.length;
    double theta = 1 / (d * Math.sqrt(d));
    first = Vec.distance(start, original);
    double[] z = toFrontier(oracle, original, label, start, theta);
    for (int t = 1; t <= ITERATIONS; t++) {
      double distance = Vec.distance(z, original);
      last = distance;
      double delta = t == 1 ? 0.1 * first / Math.sqrt(d) : Math.sqrt(d) * theta * distance;
      int probes = (int) (firstProbes * Math.sqrt(t));
      double[] normal = normal(oracle, z, label, probes, inflation * delta, within);
      double step = distance / Math.sqrt(t);
      double[] next = oracle.frame().clip(Vec.plus(z, step, normal));
      int halvings = 0;
      while (oracle.label(next) == label && halvings++ < 20) {
        step /= 2;
        next = oracle.frame().clip(Vec.plus(z, step, normal));
      }
      if (halvings > 20) {
        return;
      }
      z = toFrontier(oracle, original, label, next, theta);
      last = Math.min(last, Vec.distance(z, original));
    }
  }

  /** Bisects between the original and an adversarial point; stays on the adversarial side. */
  private static double[] toFrontier(
      Oracle oracle, double[] original, int label, double[] adversarial, double theta) {
    double low = 0; // share of the way at which the label is still the original's
    double high = 1;
    while (high - low > theta) {
      double middle = (low + high) / 2;
      if (oracle.label(Vec.between(original, adversarial, middle)) == label) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Vec.between(original, adversarial, high);
  }

  /** Monte Carlo estimate of the frontier's unit normal, towards the adversarial side. */
  private double[] normal(
      Oracle oracle, double[] z, int label, int probes, double delta, Subspace within) {
    double[][] directions = new double[probes][];
    double[] signs = new double[probes];
    double mean = 0;
    for (int b = 0; b < probes; b++) {
      directions[b] = within.direction(rng);
      double[] probe = oracle.frame().clip(Vec.plus(z, delta, directions[b]));
      signs[b] = oracle.label(probe) == label ? -1 : 1;
      mean += signs[b] / probes;
    }
    double[] sum = new double[z.length];
    for (int b = 0; b < probes; b++) {
      double weight = Math.abs(mean) > 0.999 ? signs[b] : signs[b] - mean;
      sum = Vec.plus(sum, weight, directions[b]);
    }
    double norm = Vec.norm(sum);
    return Vec.plus(new double[z.length], 1 / Math.max(norm, 1e-12), sum);
  }
}
