package io.vedette.correlate;

/** What each detector's word weighs in the average of a caller's evidence. */
final class Prior {

  /*
   * Any fixed weights that sum to one keep the average an e-value (Vovk and Wang 2021). We weigh by
   * how many kinds of attack a detector answers for, of those that the lab knows: twelve each for
   * extraction and evasion, four for inversion, five for membership. So the first two weigh three
   * parts, any other one. Which detectors run is not known here, only how many: the whole is the most
   * parts that so many may have.
   */

  private static final int HEAVY = 3; // parts
  private static final int HEAVY_DETECTORS = 2;

  private Prior() {}

  /**
   * Weight of a detector; those of any so many detectors sum to one at most.
   *
   * @param detectors how many there are, at least 1
   */
  static double weight(String detector, int detectors) {
    if (detectors == 1) {
      return 1;
    }
    boolean heavy = "extraction".equals(detector) || "evasion".equals(detector);
    int most = HEAVY * HEAVY_DETECTORS + detectors - HEAVY_DETECTORS;
    return (heavy ? HEAVY : 1) / (double) most;
  }
}
