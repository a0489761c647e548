package io.vedette.baseline;

import io.vedette.core.Payload;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Builds a baseline from a sample of clean rows: scales and shapes from the even rows, thresholds
 * from the odd ones, so that no row is judged by a fit that has seen it.
 */
public final class BaselineBuilder {

  /** Fewest rows of which a baseline can be made. */
  public static final int FEWEST_ROWS = 64;

  private static final double ONE_UNIT = 3; // times the usual deviation, which no column exceeds
  private static final double LEAST_OF_USUAL = 0.25;
  private static final float NEIGHBOURHOOD = 0.2f; // of the usual squared distance, at most
  private static final double TAIL = 0.02; // share of clean rows beyond distance and surprise
  private static final float FLOOR = 0.02f; // no benign rate is taken to be below this
  private static final float NOVELTY_FLOOR = 0.1f; // walks and new populations reach some of it
  private static final float SCATTER_FLOOR = 0.15f; // a tenant a fifth more varied reaches some
  private static final float SWEEP_FLOOR = 0.5f; // what-if tools change one feature at a time

  private BaselineBuilder() {}

  /**
   * Builds a baseline.
   *
   * @param rows at least {@link #FEWEST_ROWS}, in any order, all with the same columns
   * @param names names of the categorical columns
   * @param rates what the callers did, by hash of the caller's key
   * @throws IllegalArgumentException when there are too few rows
   */
  public static Baseline build(
      String model,
      String version,
      boolean finished,
      Collection<CleanRow> rows,
      List<String> names,
      Map<Long, CallerRates> rates) {
    if (rows.size() < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "learning.rows must be " + FEWEST_ROWS + " or more, was " + rows.size());
    }
    List<CleanRow> ordered = new ArrayList<>(rows.size());
    rows.forEach(row -> ordered.add(finite(row)));
    ordered.sort(Comparator.comparingLong(CleanRow::timeMicros).thenComparing(CleanRow::order));
    Frame frame = frame(ordered, names);
    List<Histogram> columns = columns(ordered, frame);
    float[][] z = new float[ordered.size()][frame.dimensions()];
    for (int r = 0; r < z.length; r++) {
      frame.standardise(payload(ordered.get(r), frame), 0, z[r]);
    }
    float[][] even = new float[(z.length + 1) / 2][];
    for (int r = 0; r < even.length; r++) {
      even[r] = z[2 * r];
    }
    Manifold manifold = Manifold.fit(frame.dimensions(), even);
    Nulls nulls = nulls(ordered, z, frame, manifold, columns, rates);
    CleanRow last = ordered.get(ordered.size() - 1);
    Baseline draft =
        new Baseline(
            model,
            version,
            last.timeMicros(),
            "",
            finished,
            ordered.size(),
            frame,
            manifold,
            nulls,
            columns,
            labels(ordered),
            confidences(ordered),
            shares(ordered));
    return new Baseline(
        model,
        version,
        draft.createdAtMicros(),
        identity(draft),
        finished,
        draft.rows(),
        frame,
        manifold,
        nulls,
        columns,
        draft.labels(),
        draft.confidences(),
        draft.callerShares());
  }

  /** Infinite values count as missing: one of them must not decide a column's scale. */
  private static CleanRow finite(CleanRow row) {
    float[] values = row.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? values[i] : Float.NaN;
    }
    return new CleanRow(
        row.order(),
        row.timeMicros(),
        row.caller(),
        values,
        row.categories(),
        row.label(),
        row.confidence());
  }

  /** Models that serve the same traffic, one in the shadow of another, have their own ids. */
  private static String identity(Baseline draft) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(draft.modelKey().getBytes(StandardCharsets.UTF_8));
      byte[] digest = sha.digest(draft.profile());
      return "bl-" + new BigInteger(1, Arrays.copyOf(digest, 8)).toString(16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Payload.Features payload(CleanRow row, Frame frame) {
    List<Payload.Categorical> categorical = new ArrayList<>();
    for (int c = 0; c < frame.categorical().size(); c++) {
      categorical.add(
          new Payload.Categorical(frame.categorical().get(c), List.of(row.categories().get(c))));
    }
    int columns = row.values().length;
    return new Payload.Features(row.values(), 1, columns, new int[] {columns}, categorical, false);
  }

  private static Frame frame(List<CleanRow> rows, List<String> names) {
    int numeric = rows.get(0).values().length;
    int dimensions = numeric + names.size();
    float[] mean = new float[dimensions];
    float[] inverse = new float[dimensions];
    double[] deviations = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      double first = Double.NaN;
      for (CleanRow row : rows) {
        double v =
            d < numeric
                ? row.values()[d]
                : Frame.coordinate(d - numeric, row.categories().get(d - numeric));
        if (!Double.isNaN(v)) {
          first = n == 0 ? v : first;
          sum += v - first; // shifted, so that large offsets keep their digits
          squares += (v - first) * (v - first);
          n++;
        }
      }
      double shifted = n == 0 ? 0 : sum / n;
      double variance = n < 2 ? 0 : Math.max(0, squares / n - shifted * shifted);
      mean[d] = n == 0 ? 0 : (float) (first + shifted);
      deviations[d] = Math.sqrt(variance);
    }
    double least = leastDeviation(deviations, numeric);
    for (int d = 0; d < dimensions; d++) {
      double sd = d < numeric ? Math.max(deviations[d], least) : deviations[d];
      inverse[d] = (float) (1 / (sd > 1e-9 * Math.abs(mean[d]) && sd > 0 ? sd : unit(mean[d])));
    }
    return new Frame(numeric, names, mean, inverse);
  }

  /**
   * The least deviation that counts, 0 for tables. Pixels and embeddings have one unit, so the
   * margin of a picture, which hardly varies, must not weigh a hundred times as much as its middle.
   * Columns of different units have a root mean square that the largest of them makes.
   */
  private static double leastDeviation(double[] deviations, int numeric) {
    double squares = 0;
    double most = 0;
    for (int d = 0; d < numeric; d++) {
      squares += deviations[d] * deviations[d];
      most = Math.max(most, deviations[d]);
    }
    double usual = Math.sqrt(squares / numeric);
    return numeric > Manifold.MOST_DIRECT && most <= ONE_UNIT * usual ? LEAST_OF_USUAL * usual : 0;
  }

  /** Scale of a column that never varied: a tenth of its size. */
  private static double unit(double mean) {
    return Math.max(0.1 * Math.abs(mean), 0.1);
  }

  private static List<Histogram> columns(List<CleanRow> rows, Frame frame) {
    List<Histogram> columns = new ArrayList<>();
    float[] values = new float[rows.size()];
    for (int d = 0; d < frame.numeric(); d++) {
      double squares = 0;
      double sum = 0;
      int n = 0;
      for (int r = 0; r < values.length; r++) {
        values[r] = rows.get(r).values()[d];
        if (!Float.isNaN(values[r])) {
          sum += values[r];
          squares += (double) values[r] * values[r];
          n++;
        }
      }
      double mean = n == 0 ? 0 : sum / n;
      double sd = n == 0 ? 0 : Math.sqrt(Math.max(0, squares / n - mean * mean));
      columns.add(Histograms.numeric(values, (float) (sd > 0 ? sd : unit(mean))));
    }
    for (int c = 0; c < frame.categorical().size(); c++) {
      long[] codes = new long[rows.size()];
      for (int r = 0; r < codes.length; r++) {
        String value = rows.get(r).categories().get(c);
        codes[r] = value.isEmpty() ? Long.MIN_VALUE : Hashes.category(value);
      }
      columns.add(Histograms.categorical(codes));
    }
    return List.copyOf(columns);
  }

  private static Histogram labels(List<CleanRow> rows) {
    return Histograms.categorical(rows.stream().mapToLong(CleanRow::label).toArray());
  }

  private static Histogram confidences(List<CleanRow> rows) {
    float[] values = new float[rows.size()];
    for (int r = 0; r < values.length; r++) {
      values[r] = rows.get(r).confidence();
    }
    return Histograms.numeric(values, 0.25f);
  }

  private static Map<Long, Float> shares(List<CleanRow> rows) {
    Map<Long, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.caller(), 1, Integer::sum));
    Map<Long, Float> shares = new HashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<Long, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(64)
        .forEach(e -> shares.put(e.getKey(), (float) e.getValue() / rows.size()));
    return Map.copyOf(shares);
  }

  private static Nulls nulls(
      List<CleanRow> rows,
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
    for (int r = 0; r < z.length; r++) {
      manifold.project(z[r], g[r]);
      distance[r] = manifold.whiten(g[r], w[r]);
      surprise[r] = Surprise.of(payload(rows.get(r), frame), 0, columns, bins);
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
    Neighbourhood stay = // rows are 2 n apart on average
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
        stay.squared(),
        surpriseLimit,
        novelty,
        worstScatter(rows, w, manifold, stepLimit, minorLimit),
        worst(rates, FLOOR, CallerRates::bisection),
        worst(rates, SWEEP_FLOOR, CallerRates::sweep),
        worst(rates, FLOOR, CallerRates::antithetic),
        cells.contest(),
        stay.contest(),
        cells.width(),
        cells.density(),
        (float) (rows.size() / days));
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

  private static float worstScatter(
      List<CleanRow> rows, float[][] w, Manifold manifold, float stepLimit, float minorLimit) {
    Map<Long, Integer> previous = new HashMap<>();
    Map<Long, int[]> counts = new HashMap<>();
    for (int r = 0; r < w.length; r++) {
      long caller = rows.get(r).caller();
      Integer before = previous.put(caller, r);
      int[] count = counts.computeIfAbsent(caller, k -> new int[2]);
      count[0]++;
      if (before != null
          && Vectors.squaredDistance(w[r], w[before]) > stepLimit
          && manifold.minorShare(w[r], w[before]) > minorLimit) {
        count[1]++;
      }
    }
    double worst = SCATTER_FLOOR;
    for (int[] count : counts.values()) {
      worst = Math.max(worst, 1.5 * shrunk(count[1], count[0], SCATTER_FLOOR));
    }
    return (float) Math.min(worst, 0.3);
  }
}
