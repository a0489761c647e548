package io.vedette.lab;

import java.util.ArrayDeque;
import java.util.Deque;

/** People who ask about one case several times, by plan. */
final class Analysts {

  private static final int COLUMNS = 6;
  private static final int ROWS = 5;

  private Analysts() {}

  /** Every case with and without a treatment: the same feature, moved by one deviation. */
  static Actor abTest(Site site, Rng rng) {
    int treatment = rng.below(site.population().features());
    Deque<float[]> second = new ArrayDeque<>();
    return () -> {
      if (!second.isEmpty()) {
        return Query.after(rng.uniform(0.05, 1), second.pop());
      }
      float[] row = site.population().draw(rng).x();
      float[] treated = row.clone();
      treated[treatment] = WhatIf.moved(site, row, treatment, 1);
      boolean first = rng.chance(0.5);
      second.push(first ? row : treated);
      return Query.session(first ? treated : row);
    };
  }

  /** The best offer for a case: a grid of six by five values of two features, row by row. */
  static Actor gridSearch(Site site, Rng rng) {
    Deque<float[]> open = new ArrayDeque<>();
    return () -> {
      if (!open.isEmpty()) {
        return Query.after(rng.uniform(0.2, 1), open.pop());
      }
      float[] row = site.population().draw(rng).x();
      int[] features = rng.permutation(row.length);
      for (int c = 0; c < COLUMNS; c++) {
        for (int r = 0; r < ROWS; r++) {
          float[] x = row.clone();
          x[features[0]] = WhatIf.moved(site, row, features[0], 0.5 * (c - 2));
          x[features[1]] = WhatIf.moved(site, row, features[1], 0.5 * (r - 2));
          open.add(x);
        }
      }
      return Query.session(row);
    };
  }
}
