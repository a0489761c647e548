package io.vedette.lab;

/**
 * A service that watches ten entities: at each call one of them, 30% of its features moved by N(0,
 * 0.15) standard deviations.
 */
final class Monitored implements Actor {

  private static final int ENTITIES = 10;
  private static final double MOVING = 0.3;
  private static final double STEP = 0.15; // sd

  private final Site site;
  private final Rng rng;
  private final boolean declared;
  private final double[][] hidden = new double[ENTITIES][]; // unrounded values

  Monitored(Site site, Rng rng, boolean declared) {
    this.site = site;
    this.rng = rng;
    this.declared = declared;
    for (int e = 0; e < ENTITIES; e++) {
      float[] x = site.population().draw(rng).x();
      hidden[e] = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        hidden[e][i] = x[i];
      }
    }
  }

  @Override
  public Query next() {
    int entity = rng.below(ENTITIES);
    double[] state = hidden[entity];
    Spread spread = site.spread();
    float[] x = new float[state.length];
    for (int i = 0; i < state.length; i++) {
      if (rng.chance(MOVING)) {
        double moved = state[i] + STEP * spread.sd()[i] * rng.gaussian();
        state[i] = Math.max(spread.min()[i], Math.min(spread.max()[i], moved));
      }
      x[i] = (float) (site.population().whole(i) ? StrictMath.rint(state[i]) : state[i]);
    }
    return new Query(x, 1, declared ? "entity-" + entity : null, Query.SESSION);
  }
}
