package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftStreamTest {

  private static final Site SITE = World.SCORING.build();

  @Test
  void shouldMoveTheChosenFeaturesWhenTheRowComes() {
    // Given
    DriftStream stream = DriftStream.shift(SITE, 5, 1_000, 0.5, 4, 4_000);

    // When
    double[] moves = moves(stream.scenario(1, Duration.ofHours(8)), 4_000);

    // Then: standard error 0.022 sd; flags and ages are rounded
    int moved = 0;
    for (double move : moves) {
      assertThat(Math.abs(move) < 0.1 || Math.abs(move) > 0.3).as("move %s", move).isTrue();
      moved += Math.abs(move) > 0.3 ? 1 : 0;
    }
    assertThat(moved).isBetween(3, 4);
  }

  @Test
  void shouldMoveNothingWhenClean() {
    // Given
    DriftStream stream = DriftStream.clean(SITE, 5, 1_000);

    // When
    double[] moves = moves(stream.scenario(1, Duration.ofHours(8)), 4_000);

    // Then
    assertThat(Arrays.stream(moves).map(Math::abs).max().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void shouldLoseValuesWhenNullsBurst() {
    // Given
    DriftStream stream = new DriftStream(SITE, 5, 1_000, 0, 2, 100, DriftStream.Change.NULLS);
    int missing = 0;
    int row = 0;

    // When
    for (Exchange e : stream.scenario(1, Duration.ofHours(1))) {
      for (float v : ((Payload.Features) e.input()).values()) {
        missing += Float.isNaN(v) ? 1 : 0;
      }
      assertThat(e.answer(0).confidence()).isBetween(0.5f, 1f);
      assertThat(row++ >= 100 || missing == 0).isTrue();
    }

    // Then
    assertThat(missing / (row - 100.0)).isBetween(0.7, 0.9);
  }

  @Test
  void shouldKeepMarginalsWhenCorrelationBreaks() {
    // Given
    DriftStream stream =
        new DriftStream(SITE, 5, 1_000, 0, 10, 4_000, DriftStream.Change.DECORRELATION);

    // When
    double[] moves = moves(stream.scenario(1, Duration.ofHours(8)), 4_000);

    // Then
    assertThat(Arrays.stream(moves).map(Math::abs).max().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void shouldGrowAHundredfoldWhenTheUnitChanges() {
    // Given
    DriftStream stream = new DriftStream(SITE, 5, 1_000, 0, 1, 4_000, DriftStream.Change.UNIT);

    // When
    double[] moves = moves(stream.scenario(2, Duration.ofHours(8)), 4_000);

    // Then
    assertThat(Arrays.stream(moves).filter(move -> Math.abs(move) > 20).count()).isEqualTo(1);
  }

  /** Difference of means after and before a row, in standard deviations, per feature. */
  private static double[] moves(Scenario scenario, int at) {
    List<float[]> rows = new ArrayList<>();
    for (Exchange e : scenario) {
      rows.add(((Payload.Features) e.input()).values());
    }
    int d = rows.get(0).length;
    double[] moves = new double[d];
    for (int r = 0; r < rows.size(); r++) {
      double weight = r < at ? -1.0 / at : 1.0 / (rows.size() - at);
      for (int i = 0; i < d; i++) {
        moves[i] += weight * rows.get(r)[i] / SITE.spread().sd()[i];
      }
    }
    return moves;
  }
}
