package io.vedette.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * One column of the clean traffic in frozen bins: counts to hold later windows against, and the
 * surprise of a value.
 *
 * <p>Numeric columns have up to 20 bins of about equal content, with repeated values as bins of
 * their own, then one bin for missing values. Categorical columns have their most frequent values,
 * then OTHER and missing. Labels and confidences use the same form.
 */
public final class Histogram {

  static final int BINS = 20;
  static final int CATEGORIES = 63;

  private final boolean numeric;
  private final float[] edges; // ascending lower edges of bins 1..; numeric only
  private final float[] steps; // edges, then NaN up to a power of two above their number
  private final long[] categories; // ascending hashes; categorical only
  private final int[] counts; // bins, the last one for missing values
  private final float[] surprise; // nats per bin, numeric: -log density in standard deviations
  private final float phi;

  Histogram(
      boolean numeric,
      float[] edges,
      long[] categories,
      int[] counts,
      float[] surprise,
      float phi) {
    this.numeric = numeric;
    this.edges = edges;
    this.steps = Arrays.copyOf(edges, Math.max(1, 2 * Integer.highestOneBit(edges.length)));
    Arrays.fill(steps, edges.length, steps.length, Float.NaN);
    this.categories = categories;
    this.counts = counts;
    this.surprise = surprise;
    this.phi = phi;
  }

  /** Bins, including the one for missing values. */
  public int bins() {
    return counts.length;
  }

  /** Lower edges of bins 1.., then NaN up to a power of two; one NaN for a single bin. */
  float[] steps() {
    return steps;
  }

  /** Reference counts per bin; not to be changed. */
  public int[] counts() {
    return counts;
  }

  /** True for ordered bins. */
  public boolean numeric() {
    return numeric;
  }

  /** Benign window-to-window inflation of the chi-square statistic, at least 1. */
  public float phi() {
    return phi;
  }

  /** Bin of a number. */
  public int bin(float value) {
    if (Float.isNaN(value)) {
      return counts.length - 1;
    }
    int low = 0;
    // No branch depends on the data, which is what a processor cannot foresee here.
    for (int half = steps.length >> 1; half > 0; half >>= 1) {
      low += value >= steps[low + half - 1] ? half : 0;
    }
    return low;
  }

  /** Bin of a category by {@link Hashes#text}; OTHER when it was not among the frequent ones. */
  public int bin(long category) {
    int at = Arrays.binarySearch(categories, category);
    return at >= 0 ? at : categories.length;
  }

  /** Bin of missing values. */
  public int missingBin() {
    return counts.length - 1;
  }

  /** How unusual a value in this bin is, nats; higher is rarer. */
  public float surprise(int bin) {
    return surprise[bin];
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(numeric);
    Bytes.write(out, edges);
    Bytes.write(out, categories);
    Bytes.write(out, counts);
    Bytes.write(out, surprise);
    out.writeFloat(phi);
  }

  static Histogram read(DataInput in) throws IOException {
    boolean numeric = in.readBoolean();
    float[] edges = Bytes.floats(in, 256);
    long[] categories = Bytes.longs(in, 256);
    int[] counts = Bytes.ints(in, 512);
    float[] surprise = Bytes.floats(in, 512);
    float phi = in.readFloat();
    int expected = numeric ? edges.length + 2 : categories.length + 2;
    if (counts.length != expected || surprise.length != expected) {
      throw new IOException("histogram must have " + expected + " bins, has " + counts.length);
    }
    return new Histogram(numeric, edges, categories, counts, surprise, phi);
  }
}
