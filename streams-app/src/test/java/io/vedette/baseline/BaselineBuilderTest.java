package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Payload;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineBuilderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldBuildTheSameWhenRowsComeInAnotherOrder(long seed) {
    // Given
    List<CleanRow> rows = CleanTraffic.rows(1_000, 6, 1);
    Baseline ordered = CleanTraffic.baseline(rows);
    List<CleanRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));

    // When
    Baseline again = CleanTraffic.baseline(shuffled);

    // Then
    assertThat(again.calibrationId()).isEqualTo(ordered.calibrationId());
    assertThat(again.profile()).isEqualTo(ordered.profile());
  }

  @Test
  void shouldWeighTheMarginOfPicturesLessThanItVariesWhenColumnsHaveOneUnit() {
    // Given: two columns in three hardly vary; or one column has a far larger unit
    SplittableRandom random = new SplittableRandom(6);
    List<CleanRow> pictures = new ArrayList<>();
    List<CleanRow> tables = new ArrayList<>();
    for (int r = 0; r < 300; r++) {
      float[] pixels = new float[60];
      float[] values = new float[60];
      for (int c = 0; c < 60; c++) {
        pixels[c] = (float) ((c < 40 ? 0.001 : 0.3) * CleanTraffic.gauss(random));
        values[c] = (float) ((c == 0 ? 1_000 : 0.001) * CleanTraffic.gauss(random));
      }
      pictures.add(new CleanRow(r, r, 1, pixels, List.of(), r % 2, 0.9f));
      tables.add(new CleanRow(r, r, 1, values, List.of(), r % 2, 0.9f));
    }

    // When: a thousandth more in a column that varies by a thousandth
    float margin = step(pictures, 5);
    float small = step(tables, 5);

    // Then
    assertThat(margin).isBetween(0.01f, 0.05f);
    assertThat(small).isBetween(0.8f, 1.2f);
  }

  private static float step(List<CleanRow> rows, int column) {
    Baseline baseline = BaselineBuilder.build("m", "1", true, rows, List.of(), Map.of());
    float[] moved = new float[60];
    moved[column] = 0.001f;
    float[] z = new float[60];
    baseline.frame().standardise(payload(new float[60]), 0, z);
    float before = z[column];
    baseline.frame().standardise(payload(moved), 0, z);
    return z[column] - before;
  }

  @Test
  void shouldReadWhatItWroteWhenProfileIsCarried() throws IOException {
    // Given
    Baseline baseline = CleanTraffic.baseline(CleanTraffic.rows(1_000, 50, 2));

    // When
    Baseline read =
        Baseline.read(
            baseline.model(),
            baseline.version(),
            baseline.createdAtMicros(),
            baseline.calibrationId(),
            baseline.finished(),
            baseline.profile());

    // Then
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*steps") // padded with NaN, made from edges
        .isEqualTo(baseline);
    assertThat(read.profile()).isEqualTo(baseline.profile());
  }

  @Test
  void shouldRefuseTheProfileWhenItEndsEarlyOrIsOfAnotherFormat() {
    // Given
    byte[] profile = CleanTraffic.baseline(CleanTraffic.rows(200, 4, 3)).profile();
    byte[] other = profile.clone();
    other[0] = 99;

    // When / Then
    for (int length = 0; length < profile.length; length += 13) {
      byte[] part = Arrays.copyOf(profile, length);
      assertThatThrownBy(() -> Baseline.read("m", "1", 0, "id", true, part))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> Baseline.read("m", "1", 0, "id", true, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("baseline format must be 2 or 3, was 99");
  }

  @Test
  void shouldReadTheFormThatHadNoLandmarks() throws IOException {
    // Given a profile as it was written before: no units, a rate more, no landmarks
    Baseline baseline = CleanTraffic.baseline(CleanTraffic.rows(200, 4, 3));
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(2);
    out.writeInt(baseline.rows());
    byte[] frame = bytes(baseline.frame()::write);
    out.write(frame, 0, frame.length - 4 - 4 * baseline.frame().numeric());
    baseline.manifold().write(out);
    byte[] nulls = bytes(baseline.nulls()::write);
    out.write(nulls, 0, 12 * 4);
    out.writeFloat(0.1f);
    out.write(nulls, 12 * 4, nulls.length - 12 * 4);
    for (Histogram column : baseline.columns()) {
      column.write(out);
    }
    baseline.labels().write(out);
    baseline.confidences().write(out);
    out.writeInt(0);

    // When
    Baseline read = Baseline.read("m", "1", 0, "id", true, bytes.toByteArray());

    // Then
    assertThat(read.nulls()).isEqualTo(baseline.nulls());
    assertThat(read.landmarks()).isSameAs(Landmarks.NONE);
    assertThat(read.frame().step(0)).isZero();
    assertThat(read.labels().counts()).isEqualTo(baseline.labels().counts());
  }

  private interface Writing {
    void to(DataOutput out) throws IOException;
  }

  private static byte[] bytes(Writing writing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    writing.to(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void shouldTellModelsApartWhenTheirTrafficIsTheSame() {
    // Given shadow traffic: two versions get the same rows
    List<CleanRow> rows = CleanTraffic.rows(200, 4, 4);

    // When
    String one = build("1", rows).calibrationId();
    String two = build("2", rows).calibrationId();

    // Then
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void shouldRefuseWhenRowsAreTooFew() {
    // Given
    List<CleanRow> rows = CleanTraffic.rows(63, 3, 5);

    // When / Then
    assertThatThrownBy(() -> CleanTraffic.baseline(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learning.rows must be 64 or more, was 63");
  }

  @Test
  void shouldBuildWhenRowsAreFewestAndColumnsConstant() {
    // Given
    List<CleanRow> rows = new ArrayList<>();
    for (CleanRow row : CleanTraffic.rows(64, 3, 6)) {
      rows.add(with(row, new float[] {5, 0, -7}));
    }

    // When
    Baseline baseline = CleanTraffic.baseline(rows);

    // Then a step of a tenth of the value is one deviation
    float[] z = new float[4];
    baseline.frame().standardise(payload(new float[] {5.5f, 0, -7}), 0, z);
    assertThat(z[0]).isCloseTo(1, within(1e-3f));
    assertThat(z[1]).isZero();
    assertFinite(baseline);
  }

  @Test
  void shouldStandardiseWhenOffsetsAreLarge() {
    // Given timestamps as a feature
    List<CleanRow> rows = new ArrayList<>();
    for (CleanRow row : CleanTraffic.rows(500, 1, 7)) {
      rows.add(with(row, new float[] {1.7e9f + 1e6f * row.values()[0]}));
    }

    // When
    Baseline baseline = CleanTraffic.baseline(rows);

    // Then
    double squares = 0;
    float[] z = new float[2];
    for (CleanRow row : rows) {
      baseline.frame().standardise(payload(row.values()), 0, z);
      squares += z[0] * z[0] / rows.size();
    }
    assertThat(squares).isCloseTo(1, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void shouldLearnTheRestWhenOneValueIsNotFinite(float odd) {
    // Given
    List<CleanRow> clean = CleanTraffic.rows(500, 3, 8);
    List<CleanRow> rows = new ArrayList<>(clean);
    float[] spoilt = clean.get(100).values().clone();
    spoilt[0] = odd;
    rows.set(100, with(clean.get(100), spoilt));

    // When
    Baseline baseline = CleanTraffic.baseline(rows);

    // Then
    float[] z = new float[4];
    float[] reference = new float[4];
    Payload.Features probe = payload(new float[] {2, 101, 201});
    baseline.frame().standardise(probe, 0, z);
    CleanTraffic.baseline(clean).frame().standardise(probe, 0, reference);
    for (int i = 0; i < z.length; i++) {
      assertThat(z[i]).isCloseTo(reference[i], within(0.02f));
    }
    assertFinite(baseline);
  }

  @Test
  void shouldAllowOneRowInFiftyWhenThresholdsAreHeldAgainstFreshTraffic() {
    // Given
    Baseline baseline = CleanTraffic.baseline(CleanTraffic.rows(4_000, 10, 9));
    List<CleanRow> fresh = CleanTraffic.rows(4_000, 10, 10);
    int far = 0;
    int surprising = 0;
    float[] z = new float[11];
    float[] w = new float[11];
    int[] bins = new int[11];
    Surprise surprises = new Surprise(baseline.columns());

    // When
    for (CleanRow row : fresh) {
      Payload.Features features = payload(row.values(), row.categories().get(0));
      baseline.frame().standardise(features, 0, z);
      far += baseline.manifold().whiten(z, w) > baseline.nulls().distance() ? 1 : 0;
      surprising += surprises.of(features, 0, bins) > baseline.nulls().surprise() ? 1 : 0;
    }

    // Then
    assertThat(far).isBetween(40, 130);
    assertThat(surprising).isBetween(40, 130);
  }

  @Test
  void shouldRaiseTheNullWhenACleanCallerDoesWhatAttackersDo() {
    // Given
    List<CleanRow> rows = CleanTraffic.rows(200, 4, 11);

    // When
    Nulls quiet = rates(rows, new CallerRates(1_000, 0, 0, 0)).nulls();
    Nulls busy = rates(rows, new CallerRates(1_000, 100, 0, 0)).nulls();
    Nulls shortly = rates(rows, new CallerRates(3, 3, 0, 0)).nulls();

    // Then half is added to the worst caller's rate, and three rows prove little
    assertThat(quiet.bisection()).isEqualTo(0.02f);
    assertThat(busy.bisection()).isCloseTo(0.143f, within(0.002f));
    assertThat(shortly.bisection()).isLessThan(0.11f);
    assertThat(busy.antithetic()).isEqualTo(0.02f);
  }

  @Test
  void shouldKnowTheBusiestCallersWhenSharesAreTaken() {
    // When
    Baseline baseline = CleanTraffic.baseline(CleanTraffic.rows(1_000, 3, 12));

    // Then
    assertThat(baseline.callerShares()).hasSize(10);
    assertThat(baseline.callerShares().values()).allMatch(s -> s == 0.1f);
  }

  private static Baseline build(String version, List<CleanRow> rows) {
    return BaselineBuilder.build("loan", version, true, rows, CleanTraffic.NAMES, Map.of());
  }

  private static Baseline rates(List<CleanRow> rows, CallerRates rates) {
    return BaselineBuilder.build("loan", "1", true, rows, CleanTraffic.NAMES, Map.of(1L, rates));
  }

  private static CleanRow with(CleanRow row, float[] values) {
    return new CleanRow(
        row.order(),
        row.timeMicros(),
        row.caller(),
        values,
        row.categories(),
        row.label(),
        row.confidence());
  }

  private static Payload.Features payload(float[] values) {
    return payload(values, "DE");
  }

  private static Payload.Features payload(float[] values, String country) {
    return new Payload.Features(
        values,
        1,
        values.length,
        new int[] {values.length},
        List.of(new Payload.Categorical("country", List.of(country))),
        false);
  }

  private static void assertFinite(Baseline baseline) {
    Nulls n = baseline.nulls();
    for (float v :
        new float[] {
          n.distance(), n.step(), n.near(), n.surprise(), n.novelty(), n.cellDensity()
        }) {
      assertThat(v).isFinite();
    }
    for (Histogram column : baseline.columns()) {
      for (int b = 0; b < column.bins(); b++) {
        assertThat(column.surprise(b)).isFinite();
      }
    }
  }
}
