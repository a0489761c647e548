package io.vedette.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts distinct keys in 1 KB; merging two gives exactly the sketch of the union. */
public final class HyperLogLog {

  /*
   * 1,024 registers hold the longest run of leading zeros of the hashed keys [1]; the estimate is
   * Ertl's, without bias at any size [2]. Standard error 3.25%.
   *
   * Cost: one mixing and one byte per key, no allocation; 1 KB. The estimate costs about a
   * microsecond.
   *
   * [1] Flajolet, Fusy, Gandouet, Meunier, HyperLogLog, AofA 2007
   * [2] Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017
   *     https://arxiv.org/abs/1702.01284
   */

  /** Relative standard error of the estimate, 1.04 / sqrt(1024). */
  public static final double STANDARD_ERROR = 0.0325;

  private static final int PRECISION = 10;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int MAX_RANK = 64 - PRECISION + 1;
  private static final int OVERHEAD_BYTES = 40;

  private final byte[] ranks = new byte[REGISTERS];

  /** An empty sketch. */
  public HyperLogLog() {}

  /** Adds a key, hashed or not; true when the sketch changed, so the key is certainly new. */
  public boolean add(long key) {
    long hash = SplitMix64.mix(key);
    int register = (int) (hash >>> (64 - PRECISION));
    // The guard bit ends the run when all remaining bits are zero.
    int rank = Long.numberOfLeadingZeros((hash << PRECISION) | (1L << (PRECISION - 1))) + 1;
    if (rank <= ranks[register]) {
      return false;
    }
    ranks[register] = (byte) rank;
    return true;
  }

  /** Takes the keys of another sketch into this one. */
  public void merge(HyperLogLog other) {
    for (int i = 0; i < REGISTERS; i++) {
      ranks[i] = (byte) Math.max(ranks[i], other.ranks[i]);
    }
  }

  /** Estimated number of distinct keys. */
  public double estimate() {
    int[] histogram = new int[MAX_RANK + 1];
    for (byte rank : ranks) {
      histogram[rank]++;
    }
    double z = REGISTERS * tau(1 - (double) histogram[MAX_RANK] / REGISTERS);
    for (int rank = MAX_RANK - 1; rank >= 1; rank--) {
      z = 0.5 * (z + histogram[rank]);
    }
    z += REGISTERS * sigma((double) histogram[0] / REGISTERS);
    return (double) REGISTERS * REGISTERS / (2 * Math.log(2)) / z;
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double sum = x;
    double previous;
    do {
      x *= x;
      previous = sum;
      sum += x * y;
      y += y;
    } while (sum != previous);
    return sum;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double sum = 1 - x;
    double previous;
    do {
      x = Math.sqrt(x);
      previous = sum;
      y *= 0.5;
      sum -= (1 - x) * (1 - x) * y;
    } while (sum != previous);
    return sum / 3;
  }

  /** Upper estimate of the heap it holds, bytes. */
  public int bytes() {
    return REGISTERS + OVERHEAD_BYTES;
  }

  /**
   * Writes the registers, 1,024 bytes.
   *
   * @throws IOException when the output fails
   */
  public void write(DataOutput out) throws IOException {
    out.write(ranks);
  }

  /**
   * Reads a sketch written by {@link #write}.
   *
   * @throws IOException when the bytes are not such a sketch
   */
  public static HyperLogLog read(DataInput in) throws IOException {
    HyperLogLog sketch = new HyperLogLog();
    in.readFully(sketch.ranks);
    for (byte rank : sketch.ranks) {
      if (rank < 0 || rank > MAX_RANK) {
        throw new IOException("register must be 0 to " + MAX_RANK + ", was " + rank);
      }
    }
    return sketch;
  }
}
