package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.CallerRates;
import io.vedette.baseline.CleanRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelUpdatesTest {

  static Stream<ModelUpdate> updates() {
    return Stream.of(
        row(new float[] {1.5f, Float.NaN}, List.of("DE", ""), false),
        row(new float[0], List.of("DE", "x"), true),
        new PaneDelta("loan", "", "bl-1", 1, 2, 3, 4, new int[][] {{1, 2}, {}, {3, 0, 4}}),
        new PaneDelta("loan", "1", "bl-1", 1, 2, 0, 0, new int[0][]));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void shouldReadWhatItWroteWhenTheBytesAreWhole(ModelUpdate update) throws IOException {
    // Given
    byte[] bytes = bytes(update);

    // When
    ModelUpdate read = ModelUpdates.read(in(bytes));

    // Then
    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(Float::compare, Float.class)
        .isEqualTo(update);
    assertThat(read.modelKey()).isEqualTo(update.modelKey());
    assertThat(read.timeMicros()).isEqualTo(update.timeMicros());
  }

  @ParameterizedTest
  @MethodSource("updates")
  void shouldRefuseTheBytesWhenTheyEndEarly(ModelUpdate update) throws IOException {
    // Given
    byte[] bytes = bytes(update);

    // When / Then
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ModelUpdates.read(in(part))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldNameTheKindWhenItIsUnknown() {
    // When / Then
    assertThatThrownBy(() -> ModelUpdates.read(in(new byte[] {9, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage("kind of model update must be 1 to 3, was 9");
  }

  @Test
  void shouldRefuseTheCountWhenItIsAbsurd() throws IOException {
    // Given a pane that claims two billion columns
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(bytes(new PaneDelta("m", "1", "b", 1, 2, 3, 4, new int[0][])));
    byte[] forged = bytes.toByteArray();
    Arrays.fill(forged, forged.length - 4, forged.length, (byte) 0x7f);

    // When / Then
    assertThatThrownBy(() -> ModelUpdates.read(in(forged)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("columns must be 0 to 4096");
  }

  private static LearningRow row(float[] values, List<String> categories, boolean last) {
    CleanRow row = new CleanRow(-5, 7, 11, values, categories, Long.MIN_VALUE, Float.NaN);
    List<String> names = List.of("country", "device");
    return new LearningRow("loan", "1", last, names, row, new CallerRates(4, 3, 2, 1));
  }

  private static byte[] bytes(ModelUpdate update) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    update.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
