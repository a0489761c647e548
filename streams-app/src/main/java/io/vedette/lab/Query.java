package io.vedette.lab;

import org.jspecify.annotations.Nullable;

/**
 * One call that a caller is about to make.
 *
 * @param values {@code float[rows * d]}, row-major, owned
 * @param rows rows of the call, at least 1
 * @param subjectId declared entity, null when undeclared
 * @param pauseMicros wait after the caller's previous call; {@link #SESSION} leaves it to the pace
 */
public record Query(float[] values, int rows, @Nullable String subjectId, long pauseMicros) {

  /** Marks the first call of a session: the caller's pace decides when it comes. */
  public static final long SESSION = -1;

  /** A call of one row that opens a session. */
  static Query session(float[] row) {
    return new Query(row, 1, null, SESSION);
  }

  /** A call of one row that follows the previous one after a pause in seconds. */
  static Query after(double seconds, float[] row) {
    return new Query(row, 1, null, (long) (1e6 * seconds));
  }
}
