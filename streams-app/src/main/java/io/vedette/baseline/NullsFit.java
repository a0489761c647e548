package io.vedette.baseline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * What the clean traffic allows, measured on the odd rows: shapes and scales were fitted to the
 * even ones.
 */
final class NullsFit {

  private static final float NEIGHBOURHOOD = 0.2f; // of the usual squared distance, at most
  private static final double TAIL = 0.02; // share of clean rows beyond distance and surprise
  private static final float FLOOR = 0.02f; // no benign rate is taken to be below this
  private static final float NOVELTY_FLOOR = 0.1f; // walks and new populations reach some of it
  private static final float SCATTER_FLOOR = 0.15f; // a tenant a fifth more varied reaches some
  private static final int FEW = 200; // rows, of which the floor of scatter is twice as high
  private static final float SWEEP_FLOOR = 0.5f; // what-if tools change one feature at a time

  private NullsFit() {}

  /**
   * Measures.
   *
   * @param rows clean rows in the order of time
   * @param learnt rows that they are a sample of
   * @param z their standardised coordinates, {@code float[rows][d]}
   * @param rates what the callers did, by hash of the caller's key
   */
  static Nulls of(
      List<CleanRow> rows,
      long learnt,
      float[][] z,
      Frame frame,
      Manifold manifold,
      List<Histogram> columns,
      Map<Long, CallerRates> rates) {
    int n = manifold.dimensions();
    float[][] g = new float[z.length][n];
    float[][] w = new float[z.length][n];
    float[] distance = new float[z.length];
    float[] surprise = new float[z.length];
    int[] bins = new int[columns.size()];
    Surprise surprises = new Surprise(columns);
    for (int r = 0; r < z.length; r++) {
      manifold.project(z[r], g[r]);
      distance[r] = manifold.whiten(g[r], w[r]);
      surprise[r] = surprises.of(BaselineBuilder.payload(rows.get(r), frame), 0, bins);
    }
    float[] odd = odd(distance);
    float[] steps = new float[Math.max(1, z.length / 2 - 1)];
    for (int i = 0; i < steps.length && 2 * i + 3 < z.length; i++) {
      steps[i] = Vectors.squaredDistance(w[2 * i + 1], w[2 * i + 3]);
    }
    float distanceLimit = quantile(odd, 1 - TAIL);
    float surpriseLimit = quantile(odd(surprise), 1 - TAIL);
    float stepLimit = quantile(steps, 0.9);
    float[] minors = new float[steps.length];
    for (int i = 0; i < minors.length && 2 * i + 3 < z.length; i++) {
      minors[i] = manifold.minorShare(w[2 * i + 1], w[2 * i + 3]);
    }
    float minorLimit = quantile(minors, 0.5);
    CellCensus cells = CellCensus.of(g, rows);
    float near = near(g);
    float neighbourhood = // rows are 2 n apart on average
        Neighbourhood.of(g, rows, near, NEIGHBOURHOOD * 2 * n);
    float novelty =
        worstNovelty(rows, w, distance, surprise, distanceLimit, surpriseLimit, stepLimit);
    double days =
        Math.max(
            1e-3, (rows.get(rows.size() - 1).timeMicros() - rows.get(0).timeMicros()) / 86_400e6);
    return new Nulls(
        distanceLimit,
        stepLimit,
        minorLimit,
        near,
        neighbourhood,
        surpriseLimit,
        novelty,
        worstScatter(rows, w, manifold, stepLimit, minorLimit),
        worst(rates, FLOOR, CallerRates::bisection),
        worst(rates, SWEEP_FLOOR, CallerRates::sweep),
        worst(rates, FLOOR, CallerRates::antithetic),
        cells.contest(),
        cells.width(),
        cells.density(),
        (float) (learnt / days));
  }

  private static float near(float[][] g) {
    SplittableRandom random = new SplittableRandom(g.length);
    float[] pairs = new float[20_000];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = Vectors.squaredDistance(g[random.nextInt(g.length)], g[random.nextInt(g.length)]);
    }
    Arrays.sort(pairs);
    int repeats = 0; // exact repeats say nothing of how near different rows lie
    while (repeats < pairs.length - 1 && pairs[repeats] == 0) {
      repeats++;
    }
    return pairs[repeats + (pairs.length - repeats) / 500];
  }

  private static float[] odd(float[] values) {
    float[] odd = new float[Math.max(1, values.length / 2)];
    for (int i = 0; i < odd.length && 2 * i + 1 < values.length; i++) {
      odd[i] = values[2 * i + 1];
    }
    return odd;
  }

  private static float quantile(float[] values, double q) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length))];
  }

  private interface Hits {
    long of(CallerRates rates);
  }

  /**
   * The worst benign caller's rate, shrunk towards the floor by 50 rows of prior and raised by
   * half.
   */
  private static float worst(Map<Long, CallerRates> rates, float floor, Hits hits) {
    double worst = floor;
    for (CallerRates r : rates.values()) {
      worst = Math.max(worst, 1.5 * shrunk(hits.of(r), r.rows(), floor));
    }
    return (float) Math.min(worst, 0.8);
  }

  private static double shrunk(long hits, long rows, double floor) {
    return (hits + 25 * floor) / (rows + 50.0);
  }

  private static float worstNovelty(
      List<CleanRow> rows,
      float[][] w,
      float[] distance,
      float[] surprise,
      float distanceLimit,
      float surpriseLimit,
      float stepLimit) {
    Map<Long, Integer> previous = new HashMap<>();
    Map<Long, int[]> counts = new HashMap<>();
    for (int r = 0; r < w.length; r++) {
      long caller = rows.get(r).caller();
      Integer before = previous.put(caller, r);
      int[] count = counts.computeIfAbsent(caller, k -> new int[2]);
      count[0]++;
      if (before != null
          && (distance[r] > distanceLimit || surprise[r] > surpriseLimit)
          && Vectors.squaredDistance(w[r], w[before]) > stepLimit) {
        count[1]++;
      }
    }
    double worst = NOVELTY_FLOOR;
    for (int[] count : counts.values()) {
      worst = Math.max(worst, 1.5 * shrunk(count[1], count[0], FLOOR));
    }
    return (float) Math.min(worst, 0.3);
  }

  /**
   * The largest rate of scattered rows of any clean caller, and of any label: who sends rows of one
   * kind only takes steps as rows of that kind lie to one another.
   */
  private static float worstScatter(
      List<CleanRow> rows, float[][] w, Manifold manifold, float stepLimit, float minorLimit) {
    Scattered scattered =
        (from, to) ->
            Vectors.squaredDistance(w[to], w[from]) > stepLimit
                && manifold.minorShare(w[to], w[from]) > minorLimit;
    // A small sample hardly knows the kinds of rows that there are, and fits those that it has.
    double unknown = Math.min(1, (double) FEW / rows.size());
    double worst =
        Math.max(
            SCATTER_FLOOR * (1 + unknown),
            Math.max(
                worstScatter(rows, CleanRow::caller, scattered),
                worstScatter(rows, CleanRow::label, scattered)));
    return (float) Math.min(worst, 2 * SCATTER_FLOOR);
  }

  private interface Scattered {
    boolean step(int from, int to);
  }

  private static double worstScatter(
      List<CleanRow> rows, ToLongFunction<CleanRow> of, Scattered scattered) {
    Map<Long, Integer> previous = new HashMap<>();
    Map<Long, int[]> counts = new HashMap<>();
    for (int r = 0; r < rows.size(); r++) {
      long key = of.applyAsLong(rows.get(r));
      Integer before = previous.put(key, r);
      int[] count = counts.computeIfAbsent(key, k -> new int[2]);
      count[0]++;
      if (before != null && scattered.step(before, r)) {
        count[1]++;
      }
    }
    double worst = SCATTER_FLOOR;
    for (int[] count : counts.values()) {
      worst = Math.max(worst, 1.5 * shrunk(count[1], count[0], SCATTER_FLOOR));
    }
    return worst;
  }
}
