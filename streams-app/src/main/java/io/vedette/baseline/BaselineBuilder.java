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

/**
 * Builds a baseline from a sample of clean rows: scales and shapes from the even rows, thresholds
 * from the odd ones, so that no row is judged by a fit that has seen it.
 */
public final class BaselineBuilder {

  /** Fewest rows of which a baseline can be made. */
  public static final int FEWEST_ROWS = 64;

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
    return build(model, version, finished, rows, rows.size(), names, rates);
  }

  /**
   * Builds a baseline from a sample.
   *
   * @param learnt rows that the sample was drawn from
   */
  public static Baseline build(
      String model,
      String version,
      boolean finished,
      Collection<CleanRow> rows,
      long learnt,
      List<String> names,
      Map<Long, CallerRates> rates) {
    if (rows.size() < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "learning.rows must be " + FEWEST_ROWS + " or more, was " + rows.size());
    }
    List<CleanRow> ordered = new ArrayList<>(rows.size());
    rows.forEach(row -> ordered.add(finite(row)));
    ordered.sort(Comparator.comparingLong(CleanRow::timeMicros).thenComparing(CleanRow::order));
    Frame frame = FrameFit.of(ordered, names);
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
    Nulls nulls = NullsFit.of(ordered, learnt, z, frame, manifold, columns, rates);
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
            shares(ordered),
            Landmarks.of(ordered, z, manifold));
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
        draft.callerShares(),
        draft.landmarks());
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

  static Payload.Features payload(CleanRow row, Frame frame) {
    List<Payload.Categorical> categorical = new ArrayList<>();
    for (int c = 0; c < frame.categorical().size(); c++) {
      categorical.add(
          new Payload.Categorical(frame.categorical().get(c), List.of(row.categories().get(c))));
    }
    int columns = row.values().length;
    return new Payload.Features(row.values(), 1, columns, new int[] {columns}, categorical, false);
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
      columns.add(Histograms.numeric(values, (float) (sd > 0 ? sd : FrameFit.unit(mean))));
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
}
