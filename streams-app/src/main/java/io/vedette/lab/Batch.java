package io.vedette.lab;

import java.util.List;

/** A job that scores its table from top to bottom; before each run 2% of the rows are replaced. */
final class Batch implements Actor {

  private final Population population;
  private final Rng rng;
  private final List<Row> table;
  private final int rowsPerCall;
  private int at;

  Batch(Population population, Rng rng, int rows, int rowsPerCall) {
    this.population = population;
    this.rng = rng;
    this.table = population.sample(rng, rows);
    this.rowsPerCall = rowsPerCall;
  }

  @Override
  public Query next() {
    boolean first = at == 0;
    if (first) {
      for (int i = 0; i < table.size() / 50; i++) {
        table.set(rng.below(table.size()), population.draw(rng));
      }
    }
    int d = population.features();
    int rows = Math.min(rowsPerCall, table.size() - at);
    float[] values = new float[rows * d];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(table.get(at + r).x(), 0, values, r * d, d);
    }
    at = (at + rows) % table.size();
    return new Query(values, rows, null, first ? Query.SESSION : (long) rng.uniform(15e3, 40e3));
  }
}
