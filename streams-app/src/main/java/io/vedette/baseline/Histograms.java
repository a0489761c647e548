package io.vedette.baseline;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/** Builds histograms from samples of clean traffic. */
final class Histograms {

  private static final float RARE = 1f; // pseudo-count of an empty bin

  private Histograms() {}

  /** Bins of about equal content; a value that alone fills a bin's share gets its own. */
  static Histogram numeric(float[] values, float scale) {
    float[] sorted = new float[values.length];
    int n = 0;
    for (float v : values) {
      if (!Float.isNaN(v)) {
        sorted[n++] = v;
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    Arrays.sort(sorted);
    float[] edges = edges(sorted);
    int[] counts = new int[edges.length + 2];
    Histogram bins = new Histogram(true, edges, new long[0], counts, new float[0], 1f);
    for (float v : values) {
      counts[bins.bin(v)]++;
    }
    float[] surprise = surprise(sorted, edges, counts, values.length, scale);
    return new Histogram(true, edges, new long[0], counts, surprise, phi(values, bins, counts));
  }

  private static float[] edges(float[] sorted) {
    int n = sorted.length;
    float[] edges = new float[2 * Histogram.BINS];
    int k = 0;
    for (int b = 1; b < Histogram.BINS && n > 0; b++) {
      float edge = sorted[Math.min(n - 1, (int) ((long) b * n / Histogram.BINS))];
      float last = k == 0 ? sorted[0] : edges[k - 1];
      if (edge > last) {
        edges[k++] = edge;
      }
      // A heavy value (the zeros of an amount) is followed by an edge, so that it stands alone.
      int after = upper(sorted, edge);
      if (after < n && after - lower(sorted, edge) > n / Histogram.BINS) {
        float next = sorted[after];
        if (next > (k == 0 ? sorted[0] : edges[k - 1])) {
          edges[k++] = next;
        }
      }
    }
    return Arrays.copyOf(edges, k);
  }

  private static int lower(float[] sorted, float v) {
    int at = Arrays.binarySearch(sorted, v);
    while (at > 0 && sorted[at - 1] == v) {
      at--;
    }
    return Math.max(at, 0);
  }

  private static int upper(float[] sorted, float v) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (sorted[mid] <= v) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  private static float[] surprise(
      float[] sorted, float[] edges, int[] counts, int rows, float scale) {
    float[] surprise = new float[counts.length];
    for (int b = 0; b < counts.length; b++) {
      double share = (counts[b] + RARE) / (rows + RARE * counts.length);
      double width = 1;
      if (b <= edges.length && sorted.length > 0) {
        double from = b == 0 ? sorted[0] : edges[b - 1];
        double to = b == edges.length ? sorted[sorted.length - 1] : edges[b];
        width = Math.max((to - from) / scale, 0.01);
      }
      surprise[b] = (float) -Math.log(share / width);
    }
    return surprise;
  }

  /** The most frequent categories; {@code Long.MIN_VALUE} marks a missing value. */
  static Histogram categorical(long[] values) {
    Long2IntOpenHashMap seen = new Long2IntOpenHashMap();
    for (long v : values) {
      if (v != Long.MIN_VALUE) {
        seen.addTo(v, 1);
      }
    }
    long[] top =
        seen.long2IntEntrySet().stream()
            .sorted(
                (a, b) ->
                    a.getIntValue() != b.getIntValue()
                        ? Integer.compare(b.getIntValue(), a.getIntValue())
                        : Long.compare(a.getLongKey(), b.getLongKey()))
            .limit(Histogram.CATEGORIES)
            .mapToLong(e -> e.getLongKey())
            .sorted()
            .toArray();
    int[] counts = new int[top.length + 2];
    Histogram bins = new Histogram(false, new float[0], top, counts, new float[0], 1f);
    for (long v : values) {
      counts[v == Long.MIN_VALUE ? bins.missingBin() : bins.bin(v)]++;
    }
    float[] surprise = new float[counts.length];
    for (int b = 0; b < counts.length; b++) {
      double share = (counts[b] + RARE) / (values.length + RARE * counts.length);
      surprise[b] = (float) -Math.log(share);
    }
    return new Histogram(false, new float[0], top, counts, surprise, 1f);
  }

  /**
   * Over-dispersion: mean of X2/(B-1) over consecutive tenths of the sample, at least 1. Samples
   * come in event-time order, so bursts of one caller show here.
   */
  private static float phi(float[] values, Histogram bins, int[] total) {
    int parts = 10;
    int size = values.length / parts;
    if (size < 100) {
      return 1f;
    }
    int used = 0;
    double sum = 0;
    for (int p = 0; p < parts; p++) {
      int[] counts = new int[total.length];
      for (int i = p * size; i < (p + 1) * size; i++) {
        counts[bins.bin(values[i])]++;
      }
      double x2 = 0;
      used = 0;
      for (int b = 0; b < counts.length; b++) {
        double expected = (double) total[b] * size / values.length;
        if (expected > 0) {
          x2 += (counts[b] - expected) * (counts[b] - expected) / expected;
          used++;
        }
      }
      // The sample holds the window itself, which shrinks X2 by (parts - 1) / parts.
      sum += x2 / Math.max(1, used - 1) * parts / (parts - 1);
    }
    return (float) Math.max(1, sum / parts);
  }
}
