package io.vedette.lab;

import java.nio.charset.StandardCharsets;

/**
 * A seeded source of random numbers that gives the same sequence on every JVM (SplitMix64 of
 * Steele, Lea and Flood 2014; transcendental functions from {@link StrictMath}).
 */
public final class Rng {

  private final long seed;
  private long state;
  private double spare = Double.NaN; // second half of the last normal pair

  /** A source that starts from a seed; any value is good. */
  public Rng(long seed) {
    this.seed = seed;
    this.state = mix(seed);
  }

  /**
   * An independent source derived from this one's seed and a name, whatever has been drawn from
   * this one: adding a participant never changes the numbers of another.
   */
  public Rng fork(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    return new Rng(mix(seed ^ hash));
  }

  /** The next 64 bits. */
  public long bits() {
    state += 0x9e3779b97f4a7c15L;
    return mix(state);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive). */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in {@code low} to {@code high}. */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform integer in 0 to {@code bound} - 1; the bias is below bound / 2^53. */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Standard normal (polar method of Marsaglia). */
  public double gaussian() {
    if (!Double.isNaN(spare)) {
      double result = spare;
      spare = Double.NaN;
      return result;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * factor;
    return u * factor;
  }

  /** A vector of independent standard normals, {@code double[d]}. */
  public double[] gaussians(int d) {
    double[] result = new double[d];
    for (int i = 0; i < d; i++) {
      result[i] = gaussian();
    }
    return result;
  }

  /** A direction, uniform on the unit sphere, {@code double[d]}. */
  public double[] direction(int d) {
    double[] u = gaussians(d);
    double norm = Vec.norm(u);
    for (int i = 0; i < d; i++) {
      u[i] /= norm;
    }
    return u;
  }

  /** Exponential with mean 1. */
  public double exponential() {
    return -StrictMath.log(1 - uniform());
  }

  /** A random order of 0 to {@code n} - 1 (Fisher-Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
