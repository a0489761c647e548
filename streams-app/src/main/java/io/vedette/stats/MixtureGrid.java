package io.vedette.stats;

/**
 * Bets for benign rates on a grid, each 5 % above the one before: a rate is served by the next
 * higher one, which keeps the bet valid.
 */
public final class MixtureGrid {

  private static final double LOWEST = 0.005;
  private static final double STEP = 1.05;
  private static final double HIGHEST = 0.8;

  private final RestartedMixture[] mixtures = new RestartedMixture[110];

  /** Builds the grid, from half a percent upwards. */
  public MixtureGrid() {
    double rate = LOWEST;
    for (int i = 0; i < mixtures.length; i++) {
      double p0 = Math.min(HIGHEST, rate);
      mixtures[i] =
          p0 < 0.2
              ? new RestartedMixture(p0, 2, 5, 15, 45)
              : new RestartedMixture(p0, 1.25, 1.5, 2, 3);
      rate *= STEP;
    }
  }

  /** Doubles of capital of every bet. */
  public int size() {
    return mixtures[0].size();
  }

  /** The bet against rates of at most {@code p0}; rates above 0.8 cannot be bet against. */
  public RestartedMixture atLeast(double p0) {
    double i = Math.ceil(Math.log(Math.max(p0, LOWEST) / LOWEST) / Math.log(STEP) - 1e-9);
    return mixtures[(int) Math.min(mixtures.length - 1, Math.max(0, i))];
  }
}
