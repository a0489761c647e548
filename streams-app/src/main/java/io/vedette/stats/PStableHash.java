package io.vedette.stats;

import org.apache.commons.math3.special.Erf;

/** Locality-sensitive hash of standardised numbers: near inputs share a cell, far ones do not. */
public final class PStableHash {

  /*
   * Bucket i = floor((a_i . z + b_i) / r), a_i entries N(0, 1/d), b_i ~ U[0, r); k buckets and the
   * salt make the 64-bit key of one table, L tables [1]. With c = |z - z'| / sqrt(d) (in standard
   * deviations per feature)
   *   p(c) = 1 - 2 Phi(-r/c) - 2c / (sqrt(2 pi) r) (1 - exp(-r^2 / 2c^2))
   *   P(share at least one table) = 1 - (1 - p^k)^L, from collisionProbability.
   * Two different bucket tuples share a key with probability 2^-64.
   *
   * Cost: L k d multiply-adds and L k mixings, no allocation; 4 L k d bytes.
   * Blind spots: who knows the salt can aim at cells, so it is secret and rotates daily.
   *
   * [1] Datar, Immorlica, Indyk, Mirrokni, Locality-sensitive hashing scheme based on p-stable
   *     distributions, SoCG 2004
   */

  private final int inputs;
  private final int tables;
  private final int perTable;
  private final double width;
  private final ColumnMatrix projections; // [tables * perTable][inputs], divided by width
  private final float[] offsets; // [tables * perTable], in widths, 0..1
  private final long[] tableSalts;

  /**
   * Draws the projections from a salt; equal arguments give equal hashes on every platform.
   *
   * @param salt secret of the epoch
   * @param inputs d, numbers per input, >= 1
   * @param perTable k, projections per table, >= 1
   * @param tables L, >= 1
   * @param width r, standard deviations per feature, > 0
   */
  public PStableHash(long salt, int inputs, int perTable, int tables, double width) {
    if (inputs < 1 || perTable < 1 || tables < 1 || !(width > 0)) {
      throw new IllegalArgumentException(
          "inputs, perTable, tables must be >= 1 and width > 0, were "
              + (inputs + ", " + perTable + ", " + tables + ", " + width));
    }
    this.inputs = inputs;
    this.tables = tables;
    this.perTable = perTable;
    this.width = width;
    float[] rows = new float[tables * perTable * inputs];
    this.offsets = new float[tables * perTable];
    this.tableSalts = new long[tables];
    SplitMix64 random = new SplitMix64(salt);
    double scale = 1 / (StrictMath.sqrt(inputs) * width);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (random.nextGaussian() * scale);
    }
    this.projections = ColumnMatrix.ofRows(rows, tables * perTable);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = (float) random.nextOpenDouble();
    }
    for (int i = 0; i < tables; i++) {
      tableSalts[i] = random.next();
    }
  }

  /** How many numbers one input has. */
  public int inputs() {
    return inputs;
  }

  /** How many projections all tables have together. */
  public int projections() {
    return offsets.length;
  }

  /** How many cell keys one input gives. */
  public int tables() {
    return tables;
  }

  /**
   * Writes the key of the input's cell in each table.
   *
   * <p>Keys of different tables do not collide by design, since each table has its own salt. A
   * projection that is not a number falls in bucket 0, so clean the input first.
   *
   * @param z standardised input, at least {@code inputs} numbers
   * @param cells receives one key per table; at least {@code tables} long
   */
  public void cells(float[] z, long[] cells) {
    cells(z, cells, new float[projections()]);
  }

  /**
   * The same with room of the caller's, so that nothing is allocated.
   *
   * @param sums scratch, {@link #projections()} long
   */
  public void cells(float[] z, long[] cells, float[] sums) {
    if (z.length < inputs || cells.length < tables || sums.length != offsets.length) {
      throw new IllegalArgumentException(
          "input, cells and sums must hold "
              + (inputs + ", " + tables + " and " + offsets.length)
              + ", held "
              + (z.length + ", " + cells.length + " and " + sums.length));
    }
    System.arraycopy(offsets, 0, sums, 0, sums.length);
    projections.addProduct(z, sums);
    for (int table = 0; table < tables; table++) {
      long key = tableSalts[table];
      for (int row = table * perTable; row < (table + 1) * perTable; row++) {
        key = SplitMix64.mix(key + bucket(sums[row]));
      }
      cells[table] = key;
    }
  }

  private static int bucket(float value) {
    int whole = (int) value;
    return value < whole ? whole - 1 : whole;
  }

  /**
   * Probability that two inputs share at least one cell, over the draw of the salt.
   *
   * @param c root-mean-square distance per feature, standard deviations, >= 0
   */
  public double collisionProbability(double c) {
    return collisionProbability(c, width, perTable, tables);
  }

  /** The same for any width {@code r}, {@code k} projections per table and {@code l} tables. */
  public static double collisionProbability(double c, double r, int k, int l) {
    double p = bucketProbability(c, r);
    return -Math.expm1(l * Math.log1p(-Math.pow(p, k)));
  }

  private static double bucketProbability(double c, double r) {
    if (!(c > 0)) {
      return 1;
    }
    double ratio = r / c;
    double tails = Erf.erfc(ratio / Math.sqrt(2)); // 2 Phi(-r/c)
    return 1 - tails + 2 / (Math.sqrt(2 * Math.PI) * ratio) * Math.expm1(-ratio * ratio / 2);
  }
}
