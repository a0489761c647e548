package io.vedette.detect.inversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;
import io.vedette.detect.CleanModel;
import io.vedette.detect.DetectorChain;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InversionDetectorTest {

  private static final int D = 16;
  private static final int SENSITIVE = 5;
  private static final Baseline BASELINE = CleanModel.baseline(D, 10);

  @ParameterizedTest
  @ValueSource(strings = {"5", "loan:5"})
  void shouldFindTheEnumerationWhenTheFeatureIsMarked(String mark) {
    // Given
    DetectorChain chain = chain(List.of(mark));

    // When: person after person, six values each
    ask(chain, enumerated(1, 20, 6, SENSITIVE));

    // Then
    assertThat(chain.incidents()).isNotEmpty();
    assertThat(chain.incidents().get(0).exchanges()).isLessThan(100);
    assertThat(mechanisms(chain)).containsOnly("enumeration");
  }

  @Test
  void shouldFindTheEnumerationWhenItGoesValueByValue() {
    // Given
    DetectorChain chain = chain(List.of("5"));
    List<float[]> rows = new ArrayList<>();
    List<float[]> people = rows(2, 40);
    for (int value = 0; value < 4; value++) {
      for (float[] person : people) {
        rows.add(with(person, SENSITIVE, value));
      }
    }

    // When
    ask(chain, rows);

    // Then
    assertThat(chain.incidents()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "fraud:5", "country"})
  void shouldSayNothingWhenAnotherFeatureIsMarkedOrNone(String mark) {
    // Given
    DetectorChain chain = chain(mark.isEmpty() ? List.of() : List.of(mark));

    // When
    ask(chain, enumerated(3, 40, 6, SENSITIVE));

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenTwoValuesAreComparedOfEachPerson() {
    // Given: a fairness test or an A/B test, which never needs a third value
    DetectorChain chain = chain(List.of("5"));

    // When
    ask(chain, enumerated(4, 200, 2, SENSITIVE));

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenAGridCrossesTheMarkedFeatureNowAndThen() {
    // Given
    DetectorChain chain = chain(List.of("5"));
    SplittableRandom random = new SplittableRandom(5);
    List<float[]> rows = new ArrayList<>();

    // When: grids of five by five values over two features each, the marked one in one of twenty
    for (int s = 0; s < 60; s++) {
      float[] base = rows(100 + s, 1).get(0);
      int inner = s % 20 == 0 ? SENSITIVE : 6 + random.nextInt(5);
      rows.add(base);
      for (int i = 0; i < 25; i++) {
        rows.add(with(with(base, random.nextInt(2) + 1, i / 5 - 2.25f), inner, i % 5 - 2));
      }
    }
    ask(chain, rows);

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenTheSamePeopleAreScoredAgainAndAgain() {
    // Given more people than the last rows that are known as repeats
    DetectorChain chain = chain(List.of("5"));
    List<float[]> people = rows(8, 56);

    // When
    for (int pass = 0; pass < 6; pass++) {
      ask(chain, people);
    }

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenGridsCrossOneOfTwoMarkedFeatures() {
    // Given
    DetectorChain chain = chain(List.of("5", "7"));
    List<float[]> rows = new ArrayList<>();

    // When: a ten by ten what-if grid over a marked and another feature, of four customers
    for (float[] base : rows(9, 4)) {
      for (int i = 0; i < 100; i++) {
        rows.add(with(with(base, 1, i / 10 - 4.75f), SENSITIVE, i % 10 - 4));
      }
    }
    ask(chain, rows);

    // Then
    assertThat(mechanisms(chain)).doesNotContain("enumeration");
  }

  @Test
  void shouldFindTheClimbWhenItStartsFromNoise() {
    // Given a start far off the clean traffic
    DetectorChain chain = chain(List.of());
    SplittableRandom random = new SplittableRandom(6);
    float[] best = rows(7, 1).get(0);
    for (int i = 0; i < D; i++) {
      best[i] = 3 * best[i];
    }
    best[0] = -1;
    best[1] = -1;
    float highest = CleanModel.answer(best).probabilities()[0];
    List<float[]> rows = new ArrayList<>(List.of(best));

    // When
    for (int i = 0; i < 150; i++) {
      float[] noise = CleanModel.row(D, random);
      float[] x = best.clone();
      for (int c = 0; c < D; c++) {
        x[c] += 0.15f * noise[c];
      }
      rows.add(x);
      if (CleanModel.answer(x).probabilities()[0] > highest) {
        highest = CleanModel.answer(x).probabilities()[0];
        best = x;
      }
    }
    ask(chain, rows);

    // Then
    assertThat(chain.incidents()).isNotEmpty();
    assertThat(mechanisms(chain)).containsOnly("class-climb");
  }

  @Test
  void shouldAccuseNobodyWhenTheCallerWalksWithoutAim() {
    // Given
    DetectorChain chain = chain(List.of("5"));
    SplittableRandom random = new SplittableRandom(8);
    float[] x = rows(9, 1).get(0);
    List<float[]> rows = new ArrayList<>();

    // When
    for (int i = 0; i < 2_000; i++) {
      float[] noise = CleanModel.row(D, random);
      x = x.clone();
      for (int c = 0; c < D; c++) {
        x[c] = 0.99f * x[c] + 0.1f * noise[c];
      }
      rows.add(x);
    }
    ask(chain, rows);

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  @Test
  void shouldNameTheMarkWhenItIsNone() {
    assertThatThrownBy(() -> InversionConfig.of(List.of("a:b:c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a:b:c");
  }

  private static DetectorChain chain(List<String> marks) {
    return DetectorChain.caller(Inversion.detector(InversionConfig.of(marks)), BASELINE);
  }

  private static List<float[]> enumerated(long seed, int people, int values, int feature) {
    List<float[]> rows = new ArrayList<>();
    for (float[] person : rows(seed, people)) {
      for (int value = 0; value < values; value++) {
        rows.add(with(person, feature, value));
      }
    }
    return rows;
  }

  private static float[] with(float[] x, int feature, float value) {
    float[] y = x.clone();
    y[feature] = value;
    return y;
  }

  private static void ask(DetectorChain chain, List<float[]> rows) {
    long time = 1_000_000;
    for (float[] x : rows) {
      chain.observe(CleanModel.exchange("eve", time += 1_000_000, x));
    }
  }

  private static List<String> mechanisms(DetectorChain chain) {
    return chain.findings().stream()
        .map(Finding::attributes)
        .map(a -> a.getOrDefault("mechanism", ""))
        .toList();
  }

  private static List<float[]> rows(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      rows.add(CleanModel.row(D, random));
    }
    return rows;
  }
}
