package io.vedette.edge.ingest;

import io.vedette.core.Answer;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code output}: what the model answered. */
final class OutputReader {

  private static final int UNGIVEN = -1;
  private static final float ROUNDING = 1e-3f; // a distribution written with few decimals

  private final LineCursor at;
  private final FloatRows rows;

  private boolean given;
  private int labelRows = UNGIVEN;
  private int valueRows = UNGIVEN;
  private int probabilityRows = UNGIVEN;
  private boolean flat; // at least one field came for one row
  private List<@Nullable String> labels = List.of();
  private double[] values = {};
  private float[][] probabilities = {};
  private @Nullable String text;
  private @Nullable String finishReason;

  OutputReader(LineCursor at, FloatRows rows) {
    this.at = at;
    this.rows = rows;
  }

  void read() throws IOException, IngestException {
    if (at.atNull()) {
      return;
    }
    at.expectObject();
    given = true;
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "label" -> {
          seen = at.once(seen, 0);
          label();
        }
        case "probabilities" -> {
          seen = at.once(seen, 1);
          probabilities();
        }
        case "value" -> {
          seen = at.once(seen, 2);
          value();
        }
        case "text" -> {
          seen = at.once(seen, 3);
          text = at.textOrNull();
        }
        case "finishReason" -> {
          seen = at.once(seen, 4);
          finishReason = at.idOrNull();
        }
        default -> at.json.skipChildren();
      }
    }
  }

  /** True when the line has an output. */
  boolean given() {
    return given;
  }

  @Nullable String text() {
    return text;
  }

  @Nullable String finishReason() {
    return finishReason;
  }

  /**
   * The answers, one per row.
   *
   * @param inputRows rows of the input, 0 when the input says nothing about rows
   */
  List<Answer> answers(int inputRows) throws IngestException {
    int count = Math.max(labelRows, Math.max(valueRows, probabilityRows));
    if (count <= 0) {
      return List.of();
    }
    if (differs(labelRows, count) || differs(valueRows, count) || differs(probabilityRows, count)) {
      throw new IngestException("output must have as many labels as probabilities and values");
    }
    if (inputRows > 1 && flat) {
      throw new IngestException("output must be lists, one entry per row, when input has rows");
    }
    if (inputRows > 0 && count > inputRows) {
      throw new IngestException("output must not have more entries than input has rows");
    }
    if (count == 1) {
      return List.of(answer(0));
    }
    List<Answer> answers = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      answers.add(answer(row));
    }
    return answers;
  }

  private static boolean differs(int rows, int count) {
    return rows != UNGIVEN && rows != count;
  }

  private Answer answer(int row) {
    String label = labelRows == UNGIVEN ? null : labels.get(row);
    double value = valueRows == UNGIVEN ? Double.NaN : values[row];
    float[] distribution =
        probabilityRows == UNGIVEN ? Answer.UNKNOWN.probabilities() : probabilities[row];
    return new Answer(label, distribution, value);
  }

  private void label() throws IOException, IngestException {
    if (at.atNull()) {
      return;
    }
    labels = new ArrayList<>(1);
    if (at.atArray()) {
      while (at.nextElement()) {
        labels.add(at.shortScalar());
      }
    } else {
      flat = true;
      labels.add(at.shortScalar());
    }
    labelRows = labels.size();
  }

  private void value() throws IOException, IngestException {
    if (at.atNull()) {
      return;
    }
    if (!at.atArray()) {
      flat = true;
      values = new double[] {at.number("must be a number, a list of numbers or null")};
      valueRows = 1;
      return;
    }
    var list = new DoubleArrayList();
    while (at.nextElement()) {
      list.add(at.atNull() ? Double.NaN : at.number("must be a number or null"));
    }
    values = list.toDoubleArray();
    valueRows = values.length;
  }

  private void probabilities() throws IOException, IngestException {
    if (at.atNull()) {
      return;
    }
    InputReader.readRows(at, rows, false);
    if (!rows.nested() && rows.columns() == 0) {
      return; // an empty list discloses nothing
    }
    flat |= !rows.nested();
    probabilityRows = rows.rows();
    probabilities = new float[probabilityRows][];
    for (int row = 0; row < probabilityRows; row++) {
      probabilities[row] = rows.copyRow(row);
      for (float p : probabilities[row]) {
        if (p < 0 || p > 1 + ROUNDING) {
          throw at.error("must be from 0 to 1");
        }
      }
    }
  }
}
