package io.vedette.stats;

/** The SplitMix64 sequence and its finaliser: fixed bits for fixed seeds on every Java version. */
final class SplitMix64 {

  /*
   * Own code because the stream of java.util.SplittableRandom is not part of its contract, and
   * fingerprints must stay equal over upgrades. Cost: 3 multiplications per number.
   *
   * Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
   */

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in (0, 1]: never 0, so that its logarithm is finite. */
  double nextOpenDouble() {
    return ((next() >>> 11) + 1) * 0x1.0p-53;
  }

  /** Standard normal by Box-Muller with StrictMath, so that all platforms agree on the last bit. */
  double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(nextOpenDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextOpenDouble());
  }

  /** Bijective mixing of 64 bits (variant 13 of Stafford). */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
