package io.vedette.baseline;

/** What a model version's clean traffic looks like, frozen. */
public final class Baseline {

  private final String modelKey;

  Baseline(String modelKey) {
    this.modelKey = modelKey;
  }

  /** Key of the baselines topic, {@code name|version}. */
  public String modelKey() {
    return modelKey;
  }
}
