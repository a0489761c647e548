package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.BaselineBuilder;
import io.vedette.baseline.CleanRow;
import io.vedette.core.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines through inputs that are whole numbers: years, amounts, hours, and one flag. */
class RoundedLineTest {

  private static final float[] MEANS = {40, 180_000, 1_000, 40, 0.5f};
  private static final float[] SCALES = {13, 100_000, 400, 12, 0.5f};

  private final Random random = new Random(8);
  private final Baseline baseline = learn();
  private final Grain grain = Grain.of(baseline.frame(), baseline.manifold());

  @Test
  void shouldLearnWhichInputsAreWholeNumbers() {
    assertThat(grain.isCoarse()).isTrue();
    assertThat(grain.rounding(0)).isBetween(4e-4f, 6e-4f); // a year of 13, squared, by twelve
    assertThat(grain.rounding(1)).isLessThan(1e-10f);
    assertThat(grain.rounding(4)).isNaN(); // a flag hides every line
    assertThat(grain.step(4)).isBetween(1.9f, 2.1f); // of two standard deviations
  }

  @Test
  void shouldSeeHalvingsWhenRowsAreRounded() {
    // Given bisections between rows far apart, rounded as the model's interface has it
    int found = 0;
    for (int search = 0; search < 200; search++) {
      List<float[]> rows = bisection(row(), row(), 4, middle -> {});

      // When
      found += longestRun(rows) >= 2 ? 1 : 0;
    }

    // Then
    assertThat(found).isGreaterThan(140);
  }

  @Test
  void shouldSeeThatRowsGoOnToHalveWhenOnlyOneNumberIsFineEnough() {
    // Given bisections between cases that are nearly the same but for the amount, and of categories
    int found = 0;
    for (int search = 0; search < 200; search++) {
      float[] low = row();
      float[] high = low.clone();
      high[0] += 1 + random.nextInt(4);
      high[1] += 20_000 + random.nextInt(80_000);
      high[3] -= 1 + random.nextInt(4);
      // nobody knows what lies between two categories
      List<float[]> rows = bisection(low, high, 8, middle -> middle[4] = random.nextInt(2));

      // When
      found += longestRun(rows) >= 4 ? 1 : 0;
    }

    // Then
    assertThat(found).isGreaterThan(190);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 3, 20, 200})
  void shouldHardlySeeHalvesInReadingsThatWaver(double units) {
    // Given a machine whose readings waver by so many units about their place, which moves now and
    // then
    List<float[]> rows = new ArrayList<>();
    float[] place = row();
    for (int i = 0; i < 5_000; i++) {
      place = i % 50 == 0 ? row() : place;
      float[] next = place.clone();
      for (int column = 0; column < 4; column++) {
        next[column] += (float) (units * random.nextGaussian());
      }
      rows.add(rounded(next));
    }

    // Then
    assertThat(hits(rows)).isLessThan(5);
  }

  @Test
  void shouldHardlySeeHalvesInReadingsThatWalk() {
    // Given one number that walks in large steps, and others that follow it by one or none
    List<float[]> rows = new ArrayList<>();
    float[] place = row();
    for (int i = 0; i < 5_000; i++) {
      place = place.clone();
      place[1] += (float) (300 * random.nextGaussian());
      place[random.nextInt(2) * 3] += random.nextInt(3) - 1;
      rows.add(rounded(place.clone()));
    }

    // Then
    assertThat(hits(rows)).isLessThan(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void shouldHardlySeeLinesInWhatIfRowsAndIndependentOnes(int changed) {
    // Given an analyst who changes so many inputs of a row at a time, by whole numbers
    List<float[]> rows = new ArrayList<>();
    float[] base = row();
    for (int i = 0; i < 5_000; i++) {
      base = i % 20 == 0 ? row() : base;
      float[] next = base.clone();
      float[] other = row();
      for (int c = 0; c < changed; c++) {
        int column = random.nextInt(5);
        next[column] = other[column];
      }
      rows.add(next);
    }

    // Then less than the two percent that every caller may have
    assertThat(hits(rows)).isLessThan(50);
  }

  /** Both ends, then the middles of what is left, each time on either side. */
  private List<float[]> bisection(float[] a, float[] b, int steps, Consumer<float[]> change) {
    float[] low = a;
    float[] high = b;
    List<float[]> rows = new ArrayList<>(List.of(low, high));
    for (int step = 0; step < steps; step++) {
      float[] middle = rounded(between(low, high));
      change.accept(middle);
      rows.add(middle);
      if (random.nextBoolean()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return rows;
  }

  private int hits(List<float[]> rows) {
    return measure(rows)[0];
  }

  private int longestRun(List<float[]> rows) {
    return measure(rows)[1];
  }

  /** Second and later steps in a row that change more than one input, and the longest run. */
  private int[] measure(List<float[]> rows) {
    History history = new History(5);
    Geometry geometry = new Geometry();
    int run = 0;
    int hits = 0;
    int longest = 0;
    for (float[] row : rows) {
      float[] z = new float[5];
      baseline.frame().standardise(features(row), 0, z);
      if (history.size() > 0 && Points.squared(z, history.points(), history.offset(0)) == 0) {
        continue; // a repeat
      }
      geometry.measure(z, 0, history, grain);
      run = geometry.bisectionStep() ? run + 1 : 0;
      longest = Math.max(longest, run);
      hits += run >= 2 && !geometry.axis() ? 1 : 0;
      history.add(z, 0);
    }
    return new int[] {hits, longest};
  }

  private Baseline learn() {
    List<CleanRow> clean = new ArrayList<>();
    for (int r = 0; r < 1_000; r++) {
      clean.add(new CleanRow(r, 1_000_000L * r, r % 20, row(), List.of(), 1, 0.9f));
    }
    return BaselineBuilder.build("m", "1", true, clean, List.of(), Map.of());
  }

  private float[] row() {
    float[] row = new float[5];
    for (int i = 0; i < 5; i++) {
      row[i] = MEANS[i] + SCALES[i] * (float) random.nextGaussian();
    }
    row[4] = random.nextInt(2);
    return rounded(row);
  }

  private static float[] between(float[] a, float[] b) {
    float[] x = new float[a.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (a[i] + b[i]) / 2;
    }
    return x;
  }

  private static float[] rounded(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.round(x[i]);
    }
    return x;
  }

  private static Payload.Features features(float[] row) {
    return new Payload.Features(row, 1, row.length, new int[] {1, row.length}, List.of(), false);
  }
}
