package io.vedette.lab;

import io.vedette.core.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Measures how faithfully a stolen copy answers genuine rows. */
final class Fidelity {

  private static final int ROWS = 1_000;
  private static final long SEED = 0x5eedL;

  private Fidelity() {}

  /** Share of genuine rows on which copy and victim agree, 0..1. */
  static double agreement(Site site, ToIntFunction<float[]> copy) {
    int same = 0;
    for (Row row : site.population().sample(new Rng(SEED), ROWS)) {
      same += copy.applyAsInt(row.x()) == site.victim().classify(row.x()) ? 1 : 0;
    }
    return (double) same / ROWS;
  }

  /** Share of genuine rows with the victim's most frequent answer: what guessing achieves. */
  static double guessing(Site site) {
    int[] counts = new int[site.victim().classes()];
    int most = 0;
    for (Row row : site.population().sample(new Rng(SEED), ROWS)) {
      most = Math.max(most, ++counts[site.victim().classify(row.x())]);
    }
    return (double) most / ROWS;
  }

  /** A network trained on queries and the labels that they got. */
  static Network copy(Site site, List<float[]> queries, int[] hidden, Rng rng) {
    List<Row> rows = new ArrayList<>(queries.size());
    for (float[] x : queries) {
      rows.add(new Row(x, site.victim().classify(x)));
    }
    int epochs = Math.max(8, Math.min(60, 60_000 / rows.size()));
    return Network.train(
        new ModelRef("copy", "", null), rows, site.victim().classes(), hidden, epochs, rng);
  }

  /** The outcome of an extraction: success closes at least half of the gap above guessing. */
  static Outcome outcome(Site site, ToIntFunction<float[]> copy) {
    double agreement = agreement(site, copy);
    return new Outcome("agreement", agreement, agreement > (1 + guessing(site)) / 2);
  }
}
