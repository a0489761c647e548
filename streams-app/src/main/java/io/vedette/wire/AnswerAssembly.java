package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.inference.v1.ProbabilityKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Checks answers as they came and puts them into core's words. */
final class AnswerAssembly {

  private static final float[] NONE = {};

  private AnswerAssembly() {}

  static List<Answer> answers(CallParts.Response response) {
    TensorParts tensor = response.probabilities;
    List<CallParts.Candidate> candidates = response.candidates;
    if (tensor == null && candidates.isEmpty()) {
      return List.of();
    }
    int rows = tensor == null ? 0 : tensor.rows();
    boolean inOrder = true;
    for (int i = 0; i < candidates.size(); i++) {
      int row = candidates.get(i).row();
      if (row < 0 || row >= TensorParts.MAX_ROWS) {
        throw new SerializationException(
            "candidates.row must be 0 to " + (TensorParts.MAX_ROWS - 1) + ", was " + row);
      }
      inOrder &= row == i;
      rows = Math.max(rows, row + 1);
    }
    float[] all = tensor == null ? NONE : tensor.numbers();
    int classes = tensor == null ? 0 : tensor.columns();
    int rowsKnown = tensor == null ? 0 : tensor.rows();
    @Nullable CallParts.Candidate[] byRow = inOrder ? null : byRow(candidates, rows);
    List<Answer> answers = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      CallParts.Candidate candidate =
          byRow != null ? byRow[row] : row < candidates.size() ? candidates.get(row) : null;
      float[] distribution =
          row < rowsKnown ? distribution(all, row * classes, classes, response.disclosure) : NONE;
      answers.add(answer(candidate, distribution));
    }
    return List.copyOf(answers);
  }

  /** The first candidate of a row is its top one. */
  private static @Nullable CallParts.Candidate[] byRow(
      List<CallParts.Candidate> candidates, int rows) {
    @Nullable CallParts.Candidate[] byRow = new CallParts.Candidate[rows];
    for (CallParts.Candidate candidate : candidates) {
      if (byRow[candidate.row()] == null) {
        byRow[candidate.row()] = candidate;
      }
    }
    return byRow;
  }

  private static Answer answer(CallParts.@Nullable Candidate candidate, float[] distribution) {
    if (candidate == null) {
      return distribution.length == 0 ? Answer.UNKNOWN : new Answer(null, distribution, Double.NaN);
    }
    float[] known = distribution;
    if (known.length == 0 && !Float.isNaN(candidate.confidence())) {
      known = new float[] {candidate.confidence()};
    }
    String label = candidate.label();
    if (label == null && distribution.length == 0 && candidate.classIndex() >= 0) {
      label = Integer.toString(candidate.classIndex()); // the decision is all that was disclosed
    }
    return new Answer(label, known, candidate.score());
  }

  /** Rows of unequal length are padded with NaN on the wire. */
  private static float[] distribution(
      float[] all, int from, int classes, ProbabilityKind disclosure) {
    int length = classes;
    while (length > 0 && Float.isNaN(all[from + length - 1])) {
      length--;
    }
    if (length == 0) {
      return NONE;
    }
    float[] row = Arrays.copyOfRange(all, from, from + length);
    if (disclosure == ProbabilityKind.LOGITS) {
      softmax(row);
    }
    return row;
  }

  private static void softmax(float[] row) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : row) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit - max);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (Math.exp(row[i] - max) / sum);
    }
  }
}
