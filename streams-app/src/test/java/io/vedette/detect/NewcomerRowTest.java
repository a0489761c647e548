package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewcomerRowTest {

  private static final Baseline BASELINE = CleanModel.baseline(4, 10);
  private static final float[] VALUES = {1, Float.NaN, 3, 4, 5, 6, 7, Float.NEGATIVE_INFINITY};

  @ParameterizedTest
  @CsvSource({"yes, 0.5, 0.7", ", 0.2, 0.8", ",,", "no,,"})
  void shouldReadWhatItWroteWhenTheBytesAreWhole(String label, Float first, Float second)
      throws IOException {
    // Given the second of two rows, with and without what an answer may have
    float[] probabilities = first == null ? new float[0] : new float[] {first, second};
    NewcomerRow row = row("r-1", new Answer(label, probabilities, 2.5), 1);

    // When
    NewcomerRow read = (NewcomerRow) ModelUpdates.read(in(bytes(row)));

    // Then
    assertThat(read).usingRecursiveComparison().isEqualTo(row);
    assertThat(read.modelKey()).isEqualTo("loan|1");
    assertThat(read.timeMicros()).isEqualTo(77);
    Payload.Features one = (Payload.Features) read.exchange().input();
    assertThat(one.values()).containsExactly(5, 6, 7, Float.NEGATIVE_INFINITY);
    assertThat(one.categorical().get(0).values()).containsExactly("b");
    Answer answer = read.exchange().answer(0);
    String stands = label == null && first != null ? "class 1" : label;
    assertThat(answer.label()).isEqualTo(stands);
    Float sure = second == null ? Float.valueOf(Float.NaN) : second;
    assertThat(Float.valueOf(answer.confidence())).isEqualTo(sure);
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() throws IOException {
    // Given
    byte[] bytes = bytes(row("r-1", new Answer("yes", new float[] {0.1f, 0.9f}, 0), 0));

    // When / Then
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ModelUpdates.read(in(part))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldCutWhatIsLongWhenItIsHandedOn() throws IOException {
    // Given
    Answer answer = new Answer("l".repeat(70_000), new float[0], Double.NaN);
    NewcomerRow row = row("r".repeat(70_000), answer, 0);

    // When
    byte[] bytes = bytes(row);
    NewcomerRow read = (NewcomerRow) ModelUpdates.read(in(bytes));

    // Then
    assertThat(bytes.length).isLessThan(2_000);
    assertThat(read.exchange().requestId()).isEqualTo("r".repeat(1_024));
    assertThat(read.exchange().answer(0).label()).startsWith("h:");
  }

  @Test
  void shouldBeWantedWhenTheCallerIsNewAndTheRowIsNotWide() {
    // Given
    Payload.Features narrow = features(4, 1);
    Payload.Features wide = features(NewcomerRow.MOST_COLUMNS + 1, 1);

    // When / Then
    assertThat(NewcomerRow.wanted(NewcomerRow.YOUNG, 0, narrow)).isTrue();
    assertThat(NewcomerRow.wanted(NewcomerRow.YOUNG + 1, 0, narrow)).isFalse();
    assertThat(NewcomerRow.wanted(1, NewcomerRow.MOST_ROWS, narrow)).isFalse();
    assertThat(NewcomerRow.wanted(1, 0, wide)).isFalse();
  }

  private static Payload.Features features(int columns, int rows) {
    float[] values = new float[columns * rows];
    return new Payload.Features(values, rows, columns, new int[] {columns}, List.of(), false);
  }

  private static NewcomerRow row(String id, Answer answer, int row) {
    Payload.Features features =
        new Payload.Features(
            VALUES,
            2,
            4,
            new int[] {2, 2},
            List.of(new Payload.Categorical("c", List.of("a", "b"))),
            true);
    Exchange exchange =
        new Exchange(
            id,
            new CallerId("ä", "c-1"),
            new ModelRef("loan", "1", "sha256:0"),
            77,
            features,
            List.of(answer, answer),
            null,
            null,
            200,
            5,
            0,
            0,
            null,
            null,
            null,
            Map.of(),
            Map.of(),
            Exchange.Pairing.PAIRED,
            new Origin("t", 3, 9L));
    return NewcomerRow.of(
        BASELINE, exchange, features, row, new OwnStep(row == 0, row == 1, row == 1, row == 2));
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
