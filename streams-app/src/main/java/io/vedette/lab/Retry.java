package io.vedette.lab;

/** A client that repeats calls exactly, 0.1 to 0.5 seconds apart. */
final class Retry implements Actor {

  private final Population population;
  private final Rng rng;
  private final double share; // of calls that are repeated
  private final int least;
  private final int most;
  private float[] row = {};
  private int repeats; // still to come

  Retry(Population population, Rng rng, double share, int least, int most) {
    this.population = population;
    this.rng = rng;
    this.share = share;
    this.least = least;
    this.most = most;
  }

  @Override
  public Query next() {
    if (repeats == 0) {
      row = population.draw(rng).x();
      repeats = rng.chance(share) ? least + rng.below(most - least + 1) : 0;
      return Query.session(row.clone());
    }
    repeats--;
    return Query.after(rng.uniform(0.1, 0.5), row.clone());
  }
}
