package io.vedette.lab;

/** A user who drags one slider to and fro: equal steps of one feature, several a second. */
final class Slider implements Actor {

  private final Site site;
  private final Rng rng;
  private float[] base = {};
  private int feature;
  private double step;
  private double offset;
  private int moves; // still to come

  Slider(Site site, Rng rng) {
    this.site = site;
    this.rng = rng;
  }

  @Override
  public Query next() {
    if (moves == 0) {
      base = site.population().draw(rng).x();
      feature = rng.below(base.length);
      step = rng.uniform(0.1, 0.4);
      offset = 0;
      moves = 8 + rng.below(33);
      return Query.session(base.clone());
    }
    moves--;
    if (rng.chance(0.15) || Math.abs(offset + step) > 2) {
      step = -step;
    }
    offset += step;
    float[] x = base.clone();
    x[feature] = WhatIf.moved(site, base, feature, offset);
    return Query.after(rng.uniform(0.2, 0.8), x);
  }
}
