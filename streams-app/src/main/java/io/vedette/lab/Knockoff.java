package io.vedette.lab;

/**
 * Knockoff-style extraction: asks natural rows of another domain, here a population of other seed
 * and shape scaled to the victim's ranges, and trains a copy (Orekondy et al., CVPR 2019).
 */
final class Knockoff implements Attack {

  private final Rng rng;
  private final Population foreign;
  private final Spread spread;

  Knockoff(Rng rng, Site site) {
    this.rng = rng;
    int d = site.population().features();
    int[] shape = site.population().shape();
    this.foreign =
        shape.length > 1
            ? new ImagePopulation("foreign", shape[0], 6, 0, 0.1)
            : new TabularPopulation(
                "foreign", 4_711, d, 12, 2, 1.2, TabularPopulation.Labels.SEGMENT);
    this.spread = Spread.of(foreign.sample(rng.fork("foreign"), 500));
  }

  @Override
  public void run(Oracle oracle) {
    while (true) {
      float[] x = foreign.draw(rng).x();
      double[] z = oracle.frame().image() ? oracle.frame().of(x) : spread.standardise(x);
      oracle.ask(z);
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    Network copy = Fidelity.copy(oracle.site(), oracle.queries(), new int[] {24}, rng.fork("copy"));
    return Fidelity.outcome(oracle.site(), copy::classify);
  }
}
