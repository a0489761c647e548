package io.vedette.detect;

/**
 * When a model version's baseline is complete.
 *
 * @param rows rows to learn from at least
 * @param minMicros event time that they must span at least
 * @param untilMicros event time at which learning ends whatever came; {@code Long.MIN_VALUE} when
 *     rows and span decide
 */
public record Learning(int rows, long minMicros, long untilMicros) {

  /** Rows after which a provisional baseline gives the scales. */
  static final int PROVISIONAL_ROWS = 512;

  /** Rows sampled at most. */
  static final int MOST_ROWS = 8192;

  boolean complete(ModelState state, LearningRow update) {
    if (untilMicros != Long.MIN_VALUE) {
      return update.last();
    }
    return state.learnt >= rows && update.timeMicros() - state.learntFromMicros >= minMicros;
  }
}
