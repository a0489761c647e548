package io.vedette.lab;

/**
 * The coordinates that an attacker works in: standard deviations from the mean for tables
 * (attackers scale their features), grey levels for images. Conversion to the wire rounds to float.
 */
final class Frame {

  private final Spread spread;
  private final Population population;
  private final boolean image;
  private final boolean careful;

  private Frame(Site site, boolean careful) {
    this.spread = site.spread();
    this.population = site.population();
    this.image = population.shape().length > 1;
    this.careful = careful;
  }

  /** The frame of a site; careful attackers send only values that exist. */
  static Frame of(Site site, boolean careful) {
    return new Frame(site, careful);
  }

  boolean image() {
    return image;
  }

  int features() {
    return spread.mean().length;
  }

  /** Least value of a coordinate in the population. */
  double low(int i) {
    return image ? 0 : (spread.min()[i] - spread.mean()[i]) / spread.sd()[i];
  }

  /** Greatest value of a coordinate in the population. */
  double high(int i) {
    return image ? 1 : (spread.max()[i] - spread.mean()[i]) / spread.sd()[i];
  }

  /** Keeps grey levels in 0..1; tables have no limits that an endpoint enforces. */
  double[] clip(double[] z) {
    if (!image) {
      return z;
    }
    double[] result = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      result[i] = Math.max(0, Math.min(1, z[i]));
    }
    return result;
  }

  /** Coordinates of a row. */
  double[] of(float[] x) {
    if (!image) {
      return spread.standardise(x);
    }
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i];
    }
    return z;
  }

  /** The row at some coordinates, as it goes over the wire. */
  float[] row(double[] z) {
    float[] x = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      x[i] = (float) (image ? z[i] : spread.mean()[i] + spread.sd()[i] * z[i]);
      x[i] = careful ? existing(i, x[i]) : x[i];
    }
    return x;
  }

  private float existing(int i, float value) {
    if (image) {
      return ImagePopulation.grey(value);
    }
    float inside = Math.max(spread.min()[i], Math.min(spread.max()[i], value));
    return population.whole(i) ? (float) StrictMath.rint(inside) : inside;
  }
}
