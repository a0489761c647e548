package io.vedette.lab;

/** A robustness test before a release: a case, then 20 copies with Gaussian noise on all of it. */
final class NoiseTest implements Actor {

  private static final int COPIES = 20;

  private final Site site;
  private final Frame frame;
  private final Rng rng;
  private double[] base = {};
  private double sigma;
  private int copies; // still to come

  NoiseTest(Site site, Rng rng) {
    this.site = site;
    this.frame = Frame.of(site, false);
    this.rng = rng;
  }

  @Override
  public Query next() {
    if (copies == 0) {
      float[] row = site.population().draw(rng).x();
      base = frame.of(row);
      sigma = rng.uniform(0.05, 0.3) * (frame.image() ? 0.3 : 1); // grey levels spread less
      copies = COPIES;
      return Query.session(row);
    }
    copies--;
    double[] noisy = frame.clip(Vec.plus(base, sigma, rng.gaussians(base.length)));
    return Query.after(rng.uniform(0.05, 0.2), frame.row(noisy));
  }
}
