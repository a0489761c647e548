package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullsFitTest {

  @Test
  void shouldCountTheDaysRowsWhenTheBaselineKeepsASample() {
    // Given a thousand rows of fifty thousand
    List<CleanRow> rows = CleanTraffic.rows(1_000, 6, 1);

    // When
    float sampled = build(rows, 50_000).rowsPerDay();

    // Then
    assertThat(sampled).isCloseTo(50 * build(rows, 1_000).rowsPerDay(), within(1f));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.3", "200, 0.3", "400, 0.225", "4000, 0.1575"})
  void shouldAllowForMoreWhenTheRowsAreFew(int count, float least) {
    // Given rows of which no caller's and no label's stand out
    List<CleanRow> rows = CleanTraffic.rows(count, 6, 1);

    // When, Then
    assertThat(build(rows, count).scatter()).isBetween(least - 1e-4f, 0.3f);
  }

  @Test
  void shouldAllowForCallersOfOneKindWhenItsRowsScatter() {
    // Given rows along one direction, but those of one label, which all callers send now and then
    SplittableRandom random = new SplittableRandom(3);
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < 4_000; r++) {
      boolean wild = r % 10 == 0;
      float cause = (float) (2 * random.nextGaussian());
      float[] x = new float[8];
      for (int c = 0; c < x.length; c++) {
        x[c] = (float) (cause + (wild ? 0.8 : 0.2) * random.nextGaussian());
      }
      rows.add(new CleanRow(r, 20_000_000L * r, r / 10 % 20, x, List.of(), wild ? 1 : 0, 0.9f));
    }
    List<CleanRow> alike =
        rows.stream()
            .map(
                r ->
                    new CleanRow(
                        r.order(), r.timeMicros(), r.caller(), r.values(), List.of(), 0, 0.9f))
            .toList();

    // When
    float kinds = build(rows, rows.size()).scatter();
    float one = build(alike, rows.size()).scatter();

    // Then
    assertThat(one).isLessThan(0.25f);
    assertThat(kinds).isGreaterThan(one + 0.05f);
  }

  @Test
  void shouldChooseNarrowCellsWhenTwoOfFewRowsMeetInWideOnes() {
    // Given pairs of rows near one another
    SplittableRandom random = new SplittableRandom(4);
    List<float[]> points = new ArrayList<>();
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < 100; r++) {
      float[] x = r % 2 == 0 ? new float[12] : points.get(r - 1).clone();
      for (int c = 0; c < x.length; c++) {
        x[c] += (float) ((r % 2 == 0 ? 1 : 0.02) * random.nextGaussian());
      }
      points.add(x);
      rows.add(new CleanRow(r, r, 1, x, List.of(), 0, 0.9f));
    }

    // When
    CellCensus few = CellCensus.of(points.toArray(new float[0][]), rows);

    // Then two in a cell are one too many
    assertThat(few.width()).isEqualTo(0.125f);
  }

  private static Nulls build(List<CleanRow> rows, long learnt) {
    return BaselineBuilder.build("m", "1", true, rows, learnt, List.of(), Map.of()).nulls();
  }
}
