package io.vedette.wire;

import io.vedette.core.Payload;
import io.vedette.inference.v1.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Checks an input as it came and puts it into core's words. */
final class InputAssembly {

  /** Attribute that holds the keyed hash of a withheld input. */
  static final String INPUT_HASH = "inputHash";

  /** Name of the tensor that holds numeric features. */
  static final String FEATURES = "features";

  /** Name of the tensor that holds an embedding. */
  static final String EMBEDDING = "embedding";

  private static final float[] NO_VALUES = {};

  private InputAssembly() {}

  static Payload input(CallParts.Body body, @Nullable String inputHash) {
    if (!body.messages.isEmpty()) {
      return new Payload.Text(List.copyOf(body.messages));
    }
    if (!body.tensors.isEmpty()) {
      return features(body.tensors);
    }
    if (body.embedding != null) {
      return embedding(body.embedding);
    }
    return inputHash == null ? Payload.NONE : new Payload.Hash(inputHash);
  }

  private static Payload features(List<TensorParts> tensors) {
    int rows = tensors.get(0).rows();
    List<TensorParts> numeric = new ArrayList<>(tensors.size());
    List<Payload.Categorical> categorical = new ArrayList<>();
    boolean embedding = true;
    for (TensorParts tensor : tensors) {
      if (tensor.rows() != rows) {
        throw tensor.bad("shape[0] must be " + rows + " like its neighbours'");
      }
      if (tensor.dtype() == DType.STRING) {
        addColumns(tensor, rows, categorical);
      } else {
        numeric.add(tensor);
        embedding &= tensor.name().equals(EMBEDDING);
      }
    }
    categorical.sort(Comparator.comparing(Payload.Categorical::name));
    List<Payload.Categorical> columns = List.copyOf(categorical);
    if (numeric.isEmpty()) {
      return new Payload.Features(NO_VALUES, rows, 0, new int[] {0}, columns, false);
    }
    TensorParts first = numeric.get(0);
    if (numeric.size() == 1) {
      return new Payload.Features(
          first.numbers(), rows, first.columns(), first.rowShape(), columns, embedding);
    }
    return concatenated(numeric, rows, columns, embedding);
  }

  private static Payload concatenated(
      List<TensorParts> numeric, int rows, List<Payload.Categorical> columns, boolean embedding) {
    long width = 0;
    for (TensorParts tensor : numeric) {
      width += tensor.columns();
    }
    if (width > TensorParts.MAX_COLUMNS) {
      throw new SerializationException(
          "tensors must have at most " + TensorParts.MAX_COLUMNS + " elements a row, had " + width);
    }
    List<float[]> parts = new ArrayList<>(numeric.size());
    for (TensorParts tensor : numeric) {
      parts.add(tensor.numbers()); // proves that the bytes are there before more is allocated
    }
    float[] values = new float[Math.multiplyExact(rows, (int) width)];
    int at = 0;
    for (float[] part : parts) {
      int partWidth = part.length / rows;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(part, row * partWidth, values, row * (int) width + at, partWidth);
      }
      at += partWidth;
    }
    return new Payload.Features(
        values, rows, (int) width, new int[] {(int) width}, columns, embedding);
  }

  private static void addColumns(
      TensorParts tensor, int rows, List<Payload.Categorical> categorical) {
    int width = tensor.columns();
    List<String> texts = tensor.texts();
    if (width == 1) {
      categorical.add(new Payload.Categorical(tensor.name(), List.copyOf(texts)));
      return;
    }
    for (int column = 0; column < width; column++) {
      List<String> values = new ArrayList<>(rows);
      for (int row = 0; row < rows; row++) {
        values.add(texts.get(row * width + column));
      }
      categorical.add(new Payload.Categorical(tensor.name() + '.' + column, List.copyOf(values)));
    }
  }

  private static Payload embedding(CallParts.Sketch sketch) {
    TensorParts tensor =
        new TensorParts(
            EMBEDDING,
            DType.FP32,
            new long[] {sketch.rows(), sketch.dim()},
            sketch.buffer(),
            sketch.offset(),
            sketch.length(),
            List.of(),
            true);
    return new Payload.Features(
        tensor.numbers(),
        tensor.rows(),
        tensor.columns(),
        new int[] {tensor.columns()},
        List.of(),
        true);
  }
}
