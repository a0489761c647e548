package io.vedette.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the clean traffic allows: thresholds of scores and the largest hit rate that a benign caller
 * may have. The rates come from the callers of the learning period, not from pooled rows.
 *
 * @param distance squared whitened length that one clean row in 50 exceeds
 * @param step squared whitened length of a step between two rows of one caller that one in ten
 *     exceeds
 * @param minor share of a step's squared whitened length along the narrower half of the directions
 *     that every other step between clean rows exceeds, 0..1
 * @param near squared distance in the manifold below which two rows are edits of one another: one
 *     pair of clean rows in 500 lies nearer
 * @param neighbourhood squared distance in the manifold below which two rows of one caller belong
 *     together: hardly a clean row has more than one in twenty of its label so near
 * @param surprise sum of surprises that one clean row in 50 exceeds, nats
 * @param novelty largest benign rate of novel rows, 0..1
 * @param scatter largest benign rate of wide steps along the narrower directions, 0..1
 * @param bisection largest benign rate of bisection steps, 0..1
 * @param sweep largest benign rate of one-feature steps, 0..1
 * @param antithetic largest benign rate of mirrored pairs, 0..1
 * @param contest largest benign share of minority labels inside a fingerprint cell, 0..1
 * @param cellWidth width of the fingerprint cells, standard deviations per feature
 * @param cellDensity largest share of clean rows that fell into one fingerprint cell, 0..1
 * @param rowsPerDay rows a day in the learning period, sampled or not
 */
public record Nulls(
    float distance,
    float step,
    float minor,
    float near,
    float neighbourhood,
    float surprise,
    float novelty,
    float scatter,
    float bisection,
    float sweep,
    float antithetic,
    float contest,
    float cellWidth,
    float cellDensity,
    float rowsPerDay) {

  void write(DataOutput out) throws IOException {
    out.writeFloat(distance);
    out.writeFloat(step);
    out.writeFloat(minor);
    out.writeFloat(near);
    out.writeFloat(neighbourhood);
    out.writeFloat(surprise);
    out.writeFloat(novelty);
    out.writeFloat(scatter);
    out.writeFloat(bisection);
    out.writeFloat(sweep);
    out.writeFloat(antithetic);
    out.writeFloat(contest);
    out.writeFloat(cellWidth);
    out.writeFloat(cellDensity);
    out.writeFloat(rowsPerDay);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param stays true for the first form, which had a rate of other labels within a neighbourhood
   */
  static Nulls read(DataInput in, boolean stays) throws IOException {
    float[] v = new float[15];
    for (int i = 0; i < v.length; i++) {
      if (stays && i == 12) {
        in.readFloat(); // no detector asks for it any more
      }
      v[i] = in.readFloat();
    }
    return new Nulls(
        v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13],
        v[14]);
  }
}
