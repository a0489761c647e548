package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vedette.core.Payload;
import io.vedette.inference.v1.DType;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors of every element type, and tensors that do not hold together. */
class TensorPartsTest {

  @ParameterizedTest
  @CsvSource({
    "BOOL, 0002, 0, 1",
    "UINT8, 07ff, 7, 255",
    "INT8, 07ff, 7, -1",
    "UINT16, 0700ffff, 7, 65535",
    "INT16, 0700ffff, 7, -1",
    "UINT32, 07000000ffffffff, 7, 4294967296",
    "INT32, 07000000ffffffff, 7, -1",
    "UINT64, 0700000000000000ffffffffffffffff, 7, 18446744073709551616",
    "INT64, 0700000000000000ffffffffffffffff, 7, -1",
    "FP16, 003c00c0, 1, -2",
    "FP16, 0100007c, 5.9604645E-8, Infinity",
    "FP16, ff7b007e, 65504, NaN",
    "BF16, 803f00c0, 1, -2",
    "FP32, 0000803f0000c07f, 1, NaN",
    "FP64, 000000000000f03f000000000000e0bf, 1, -0.5"
  })
  void shouldGiveNumbersWhenDtypeIsNumeric(DType dtype, String hex, float first, float second) {
    // Given
    TensorParts tensor = tensor(dtype, HexFormat.of().parseHex(hex), 2, 1);

    // When
    float[] values = tensor.numbers();

    // Then
    assertThat(values).containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 4, shape[0]",
    "65537, 1, 4, shape[0]",
    "-1, 1, 4, shape[0]",
    "1, -1, 4, shape[1]",
    "1, 1048577, 4, shape[1]",
    "2, 3, 20, data",
    "65536, 1048576, 4, elements"
  })
  void shouldNameTheFieldWhenShapeAndDataDisagree(
      long rows, long columns, int bytes, String field) {
    // Given
    TensorParts tensor = tensor(DType.FP32, new byte[bytes], rows, columns);

    // When
    Throwable thrown = catchThrowable(tensor::numbers);

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining(field);
  }

  @Test
  void shouldNameTheLimitWhenProductOfShapeOverflows() {
    // Given
    TensorParts tensor = tensor(DType.FP32, new byte[4], 1, 1 << 20, 1 << 20, 1 << 20, 1 << 20);

    // When
    Throwable thrown = catchThrowable(tensor::numbers);

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("elements");
  }

  @Test
  void shouldConcatenateColumnsWhenSeveralTensorsShareTheBatch() {
    // Given
    CallParts.Body body = new CallParts.Body();
    body.tensors =
        List.of(
            tensor(DType.UINT8, new byte[] {1, 2, 3, 4}, 2, 2),
            new TensorParts(
                "z", DType.STRING, new long[] {2}, new byte[0], 0, 0, List.of("x", "y"), true),
            tensor(DType.UINT8, new byte[] {9, 8}, 2),
            new TensorParts(
                "c", DType.STRING, new long[] {2}, new byte[0], 0, 0, List.of("a", "b"), true));

    // When
    Payload input = InputAssembly.input(body, null);

    // Then
    Payload.Features features = (Payload.Features) input;
    assertThat(features.values()).containsExactly(1, 2, 9, 3, 4, 8);
    assertThat(features.shape()).containsExactly(3);
    assertThat(features.categorical())
        .containsExactly(
            new Payload.Categorical("c", List.of("a", "b")),
            new Payload.Categorical("z", List.of("x", "y")));
  }

  @Test
  void shouldKeepTheShapeOfARowWhenImage() {
    // Given
    CallParts.Body body = new CallParts.Body();
    body.tensors = List.of(tensor(DType.UINT8, new byte[12], 2, 2, 3));

    // When
    Payload.Features features = (Payload.Features) InputAssembly.input(body, null);

    // Then
    assertThat(features.rows()).isEqualTo(2);
    assertThat(features.columns()).isEqualTo(6);
    assertThat(features.shape()).containsExactly(2, 3);
  }

  @Test
  void shouldRefuseWhenBatchesDiffer() {
    // Given
    CallParts.Body body = new CallParts.Body();
    body.tensors =
        List.of(tensor(DType.UINT8, new byte[2], 2), tensor(DType.UINT8, new byte[3], 3));

    // When
    Throwable thrown = catchThrowable(() -> InputAssembly.input(body, null));

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("shape[0]");
  }

  @Test
  void shouldGiveProbabilitiesWhenLogitsAreDisclosed() {
    // Given
    CallParts.Response response = new CallParts.Response();
    response.disclosure = io.vedette.inference.v1.ProbabilityKind.LOGITS;
    response.probabilities = tensor(DType.UINT8, new byte[] {3, 3}, 1, 2);

    // When
    float[] probabilities = AnswerAssembly.answers(response).get(0).probabilities();

    // Then
    assertThat(probabilities).containsExactly(0.5f, 0.5f);
  }

  private static TensorParts tensor(DType dtype, byte[] data, long... shape) {
    return new TensorParts("n", dtype, shape, data, 0, data.length, List.of(), true);
  }
}
