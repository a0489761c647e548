package io.vedette.lab;

/** An analyst who scores a case and then 1 to 8 variants of it on a grid of half deviations. */
final class WhatIf implements Actor {

  private final Site site;
  private final Rng rng;
  private float[] base = {};
  private int variants; // still to come

  WhatIf(Site site, Rng rng) {
    this.site = site;
    this.rng = rng;
  }

  @Override
  public Query next() {
    if (variants == 0) {
      base = site.population().draw(rng).x();
      variants = 1 + rng.below(8);
      return Query.session(base.clone());
    }
    variants--;
    float[] x = base.clone();
    int changes = 1 + rng.below(3);
    for (int c = 0; c < changes; c++) {
      int f = rng.below(x.length);
      int steps = rng.below(4) + 1;
      x[f] = moved(site, base, f, 0.5 * (rng.chance(0.5) ? steps : -steps));
    }
    return Query.after(rng.uniform(2, 20), x);
  }

  /** A feature moved by deviations, inside its range, whole where it is whole. */
  static float moved(Site site, float[] x, int f, double deviations) {
    Spread spread = site.spread();
    double value = x[f] + deviations * spread.sd()[f];
    value = Math.max(spread.min()[f], Math.min(spread.max()[f], value));
    return (float) (site.population().whole(f) ? StrictMath.rint(value) : value);
  }
}
