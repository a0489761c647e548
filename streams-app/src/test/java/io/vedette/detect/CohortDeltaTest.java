package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.detect.CohortDelta.Member;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CohortDeltaTest {

  private static final Baseline BASELINE = CleanModel.baseline(4, 10);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, CohortDelta.MOST_ROWS})
  void shouldReadWhatItWroteWhenTheBytesAreWhole(int rows) throws IOException {
    // Given
    CohortDelta delta = delta(rows, "r-");

    // When
    ModelUpdate read = ModelUpdates.read(in(bytes(delta)));

    // Then
    assertThat(read).isEqualTo(delta);
    assertThat(read.modelKey()).isEqualTo("loan|1");
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() throws IOException {
    // Given
    byte[] bytes = bytes(delta(3, "r-"));

    // When / Then
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ModelUpdates.read(in(part))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldRefuseTheRowsWhenThereAreTooMany() throws IOException {
    // Given one more than a delta may have
    byte[] bytes = bytes(delta(CohortDelta.MOST_ROWS + 1, "r-"));

    // When / Then
    assertThatThrownBy(() -> ModelUpdates.read(in(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("cohort must have 16 rows at most, has 17");
  }

  @Test
  void shouldCutTheIdWhenItIsLong() throws IOException {
    // Given
    CohortDelta delta = delta(CohortDelta.MOST_ROWS, "r".repeat(70_000));

    // When
    byte[] bytes = bytes(delta);
    CohortDelta read = (CohortDelta) ModelUpdates.read(in(bytes));

    // Then
    assertThat(bytes.length).isLessThan(20_000);
    assertThat(read.rows().get(0).sample()).isNotNull();
    assertThat(read.rows().get(0).sample().requestId()).isEqualTo("r".repeat(1024));
  }

  @Test
  void shouldEmitInOrderWhenSixteenRowsAreThereOrACommitIsNear() {
    // Given
    Cohorts cohorts = new Cohorts();
    List<ModelUpdate> out = new ArrayList<>();

    // When
    for (int i = 0; i < 40; i++) {
      float[] x = {i, 0, 0, 0};
      cohorts.add(
          BASELINE, CleanModel.exchange("c-" + i, 1_000 - i, x), i % 3 == 0, i % 5 == 0, out::add);
    }
    cohorts.drain(out::add);
    cohorts.drain(out::add);

    // Then each row once, with the latest time of its delta
    List<CohortDelta> deltas = out.stream().map(u -> (CohortDelta) u).toList();
    assertThat(deltas).extracting(d -> d.rows().size()).containsExactly(16, 16, 8);
    assertThat(deltas).extracting(CohortDelta::timeMicros).containsExactly(1_000L, 984L, 968L);
    List<Member> rows = deltas.stream().flatMap(d -> d.rows().stream()).toList();
    for (int i = 0; i < 40; i++) {
      assertThat(rows.get(i).caller()).isEqualTo(new CallerId("acme", "c-" + i));
      assertThat(rows.get(i).novel()).isEqualTo(i % 3 == 0);
      assertThat(rows.get(i).scattered()).isEqualTo(i % 5 == 0);
      assertThat(rows.get(i).sample() == null).isEqualTo(i % 3 != 0 && i % 5 != 0);
    }
  }

  private static CohortDelta delta(int rows, String id) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean novel = i % 2 == 0;
      boolean scattered = i % 3 == 0;
      Sample sample = novel || scattered ? new Sample(id + i, new Origin("t", i, 9L * i)) : null;
      members.add(new Member(new CallerId("ä", "c-" + i), novel, scattered, sample));
    }
    return new CohortDelta("loan", "1", "bl-1", 77, members);
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
