package io.vedette.lab;

/**
 * A machine's readings: each feature wanders about its usual value (first-order autoregression,
 * 0.98 per reading, 0.3 standard deviations in the long run) on a daily wave.
 */
final class Sensor implements Actor {

  private static final double MEMORY = 0.98;
  private static final double SPREAD = 0.3; // sd
  private static final int READINGS_A_WAVE = 480;

  private final Site site;
  private final Rng rng;
  private final float[] usual;
  private final double[] offset; // sd
  private int reading;

  Sensor(Site site, Rng rng) {
    this.site = site;
    this.rng = rng;
    this.usual = site.population().draw(rng).x();
    this.offset = new double[usual.length];
  }

  @Override
  public Query next() {
    double wave = 0.2 * StrictMath.sin(2 * Math.PI * reading++ / READINGS_A_WAVE);
    float[] x = usual.clone();
    for (int i = 0; i < x.length; i++) {
      double fresh = SPREAD * Math.sqrt(1 - MEMORY * MEMORY) * rng.gaussian();
      offset[i] = MEMORY * offset[i] + fresh;
      x[i] = WhatIf.moved(site, usual, i, offset[i] + wave);
    }
    return Query.session(x);
  }
}
