package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Histogram;

/**
 * A closed window of one model's traffic: counts over all tasks.
 *
 * @param baseline the baseline whose bins were counted
 * @param firstMicros event time of the first row
 * @param timeMicros event time of the last row
 * @param rows rows counted
 * @param excess rows left out because their caller had its share already
 * @param counts {@code int[columns + 2][bins]}: columns, then labels, then confidences
 */
public record PaneWindow(
    Baseline baseline, long firstMicros, long timeMicros, int rows, int excess, int[][] counts) {

  /** Columns counted, without labels and confidences. */
  public int columns() {
    return counts.length - 2;
  }

  /** Reference histogram of a counted column. */
  public Histogram reference(int column) {
    if (column == columns()) {
      return baseline.labels();
    }
    if (column == columns() + 1) {
      return baseline.confidences();
    }
    return baseline.columns().get(column * Panes.stride(baseline.columns().size()));
  }

  /**
   * Name of a counted column: {@code f3}, a categorical name, {@code label}, {@code confidence}.
   */
  public String name(int column) {
    if (column == columns()) {
      return "label";
    }
    if (column == columns() + 1) {
      return "confidence";
    }
    int index = column * Panes.stride(baseline.columns().size());
    int numeric = baseline.frame().numeric();
    return index < numeric ? "f" + index : baseline.frame().categorical().get(index - numeric);
  }
}
