package io.vedette.baseline;

import io.vedette.stats.PStableHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How clean rows share fingerprint cells: chooses the widest cells that stay nearly empty, and
 * measures the densest one and how often labels differ inside one.
 *
 * @param width cell width, standard deviations per feature
 * @param density largest share of distinct clean rows in one cell, 0..1
 * @param contest benign share of minority labels inside a cell, 0.1..0.4
 */
record CellCensus(float width, float density, float contest) {

  private static final float[] WIDTHS = {0.5f, 0.25f, 0.125f};
  private static final int MOST_SHARED = 3; // members of the fullest benign cell
  private static final int MANY = 2_000; // rows, for which that holds
  private static final long SEED = 0x43454C4CL;

  /** Hash functions of the fingerprint cells: 10 projections a table, 4 tables. */
  static PStableHash hash(int dimensions, float width, long seed) {
    return new PStableHash(seed, dimensions, 10, 4, width);
  }

  static CellCensus of(float[][] g, List<CleanRow> rows) {
    int dimensions = g[0].length;
    CellCensus census = new CellCensus(WIDTHS[0], 1, 0.1f);
    for (float width : WIDTHS) {
      PStableHash hash = hash(dimensions, width, SEED);
      Map<Long, Integer> distinct = new HashMap<>();
      Map<Long, Long> firstLabel = new HashMap<>();
      Map<Long, Long> seen = new HashMap<>();
      long[] cells = new long[4];
      int most = 0;
      int pairs = 0;
      int contested = 0;
      for (int r = 0; r < g.length; r++) {
        long content = Hashes.floats(g[r], 0, dimensions, SEED);
        if (seen.put(content, (long) r) != null) {
          continue; // exact repeats count once
        }
        hash.cells(g[r], cells);
        most = Math.max(most, distinct.merge(cells[0], 1, Integer::sum));
        Long label = firstLabel.putIfAbsent(cells[0], rows.get(r).label());
        if (label != null) {
          pairs++;
          contested += label == rows.get(r).label() ? 0 : 1;
        }
      }
      float contest =
          (float) Math.min(0.4, Math.max(0.1, 1.5 * (contested + 2.0) / (pairs + 20.0)));
      census = new CellCensus(width, (float) most / g.length, contest);
      // Of few rows hardly any two share a cell, however wide it is.
      if (most <= Math.min(MOST_SHARED, Math.max(1, MOST_SHARED * g.length / MANY))) {
        break;
      }
    }
    return census;
  }
}
