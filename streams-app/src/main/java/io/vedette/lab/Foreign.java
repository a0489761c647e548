package io.vedette.lab;

/**
 * Natural rows of another domain: a population of other seed and shape, scaled to the victim's
 * ranges.
 *
 * @param population of that domain
 * @param spread its place and scale
 */
record Foreign(Population population, Spread spread) {

  /** A domain that has as many features as the site's. */
  static Foreign to(Site site, Rng rng) {
    int d = site.population().features();
    int[] shape = site.population().shape();
    Population population =
        shape.length > 1
            ? new ImagePopulation("foreign", shape[0], 6, 0, 0.1)
            : new TabularPopulation(
                "foreign", 4_711, d, 12, 2, 1.2, TabularPopulation.Labels.SEGMENT);
    return new Foreign(population, Spread.of(population.sample(rng.fork("foreign"), 500)));
  }

  /** A row in the victim's frame. */
  double[] draw(Frame frame, Rng rng) {
    float[] x = population.draw(rng).x();
    return frame.image() ? frame.of(x) : spread.standardise(x);
  }
}
