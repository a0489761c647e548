package io.vedette.detect.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Payload;
import io.vedette.detect.CleanModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private static final String SECRET = "sixteen characters";
  private static final int D = 12;

  @Test
  void shouldHoldEveryRowWhenClientsScaleItInTheirOwnWay() {
    // Given
    List<float[]> rows = rows(1, 500);
    Fingerprints fingerprints = fingerprints(rows, List.of());
    int known = 0;

    // When: scaled and scaled back, with a float's error
    for (float[] row : rows) {
      float[] x = row.clone();
      for (int i = 0; i < D; i++) {
        x[i] = 100 + 7 * ((x[i] - 100) / 7);
      }
      known += training(fingerprints, x) ? 1 : 0;
    }

    // Then
    assertThat(known).isGreaterThan(440);
  }

  @Test
  void shouldHoldNoOtherRowWhenThereAreMany() {
    // Given
    Fingerprints fingerprints = fingerprints(rows(2, 1_000), List.of());

    // When
    long known = rows(3, 20_000).stream().filter(x -> training(fingerprints, x)).count();

    // Then
    assertThat(known).isZero();
    assertThat(of(fingerprints).training().rate()).isLessThan(Fingerprints.TRAINING_RATE * 1.01);
  }

  @Test
  void shouldTellDecoysFromTrainingRowsWhenBothAreRegistered() {
    // Given
    List<float[]> training = rows(4, 100);
    List<float[]> decoys = rows(5, 10);

    // When
    Fingerprints fingerprints = fingerprints(training, decoys);

    // Then
    assertThat(decoys)
        .allMatch(x -> decoy(fingerprints, x))
        .noneMatch(x -> training(fingerprints, x));
    assertThat(training).noneMatch(x -> decoy(fingerprints, x));
    assertThat(of(fingerprints).decoys().rate()).isLessThan(Fingerprints.DECOY_RATE * 1.01);
    assertThat(fingerprints.of("another model")).isNull();
  }

  @Test
  void shouldHoldTheSameWhenWrittenAndRead() throws IOException {
    // Given
    List<float[]> training = rows(6, 50);
    Fingerprints written = fingerprints(training, rows(7, 5));
    byte[] bytes = bytes(written);

    // When
    Fingerprints read = Fingerprints.read(in(bytes), SECRET);

    // Then
    assertThat(training).allMatch(x -> training(read, x));
    assertThat(rows(7, 5)).allMatch(x -> decoy(read, x));
    assertThat(bytes(read)).isEqualTo(bytes);
  }

  @Test
  void shouldRefuseWhenTheSecretIsAnother() throws IOException {
    // Given
    byte[] bytes = bytes(fingerprints(rows(8, 5), List.of()));

    // When
    var read = assertThatThrownBy(() -> Fingerprints.read(in(bytes), SECRET + "!"));

    // Then
    read.isInstanceOf(IOException.class).hasMessageContaining("another secret");
  }

  @Test
  void shouldRefuseWhenTheFileIsCutOrForeign() throws IOException {
    // Given
    byte[] bytes = bytes(fingerprints(rows(9, 5), rows(10, 2)));

    // When / Then
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Fingerprints.read(in(part), SECRET)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> Fingerprints.read(in(new byte[64]), SECRET))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldTellCategoriesApartWhenNumbersAgree() {
    // Given
    Payload.Features berlin = row(new float[] {1, 2}, "berlin");
    Payload.Features bern = row(new float[] {1, 2}, "bern");

    // When
    Fingerprints fingerprints = new Fingerprints.Builder(SECRET).add("m", berlin, false).build();

    // Then
    Fingerprints.Rows rows = Objects.requireNonNull(fingerprints.of("m"));
    RowHash hash = fingerprints.hash();
    hash.of(berlin, 0, rows.steps());
    assertThat(rows.training().holds(hash.h1(), hash.h2())).isTrue();
    hash.of(bern, 0, rows.steps());
    assertThat(rows.training().holds(hash.h1(), hash.h2())).isFalse();
  }

  private static Fingerprints fingerprints(List<float[]> training, List<float[]> decoys) {
    Fingerprints.Builder builder = new Fingerprints.Builder(SECRET);
    training.forEach(x -> builder.add(CleanModel.MODEL.name(), row(x, ""), false));
    decoys.forEach(x -> builder.add(CleanModel.MODEL.name(), row(x, ""), true));
    return builder.build();
  }

  private static Fingerprints.Rows of(Fingerprints fingerprints) {
    return Objects.requireNonNull(fingerprints.of(CleanModel.MODEL.name()));
  }

  private static boolean training(Fingerprints fingerprints, float[] x) {
    RowHash hash = fingerprints.hash().of(row(x, ""), 0, of(fingerprints).steps());
    return of(fingerprints).training().holds(hash.h1(), hash.h2());
  }

  private static boolean decoy(Fingerprints fingerprints, float[] x) {
    RowHash hash = fingerprints.hash().of(row(x, ""), 0, of(fingerprints).steps());
    return of(fingerprints).decoys().holds(hash.h1(), hash.h2());
  }

  private static Payload.Features row(float[] x, String category) {
    List<Payload.Categorical> categorical =
        category.isEmpty()
            ? List.of()
            : List.of(new Payload.Categorical("city", List.of(category)));
    return new Payload.Features(x, 1, x.length, new int[] {x.length}, categorical, false);
  }

  private static List<float[]> rows(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      float[] x = CleanModel.row(D, random);
      x[0] = Math.max(0, x[0]); // often exactly zero
      rows.add(x);
    }
    return rows;
  }

  private static byte[] bytes(Fingerprints fingerprints) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fingerprints.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
