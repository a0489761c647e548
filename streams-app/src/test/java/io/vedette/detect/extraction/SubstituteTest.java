package io.vedette.detect.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Histogram;
import io.vedette.core.Answer;
import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Payload;
import io.vedette.detect.CleanModel;
import io.vedette.detect.DetectorChain;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubstituteTest {

  private static final int COLUMNS = 12;
  private static final long SECOND = 1_000_000;
  private static final Baseline BASELINE = CleanModel.baseline(COLUMNS, 10);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void shouldForeseeAnswersWhenTheModelIsLinear(int classes) {
    // Given a model that answers with the largest of some linear scores
    SplittableRandom random = new SplittableRandom(classes);
    float[][] model = new float[classes][];
    for (int c = 0; c < classes; c++) {
      model[c] = CleanModel.row(COLUMNS, random);
    }
    Substitute copy = new Substitute(COLUMNS, COLUMNS);

    // When
    for (int i = 0; i < 1_500; i++) {
      float[] x = CleanModel.row(COLUMNS, random);
      copy.learn(x, 1 + largest(model, x), new int[COLUMNS], -1);
    }

    // Then
    assertThat(copy.rows()).isEqualTo(1_500);
    assertThat(copy.agreement()).isGreaterThan(0.78);
    assertThat(copy.agreement()).isGreaterThan(copy.commonest() + 0.2);
  }

  @Test
  void shouldBeACopyWhenNineInTenAnswersOfALinearModelAreForeseen() {
    // Given
    SplittableRandom random = new SplittableRandom(3);
    float[][] model = {CleanModel.row(COLUMNS, random), CleanModel.row(COLUMNS, random)};
    Substitute copy = new Substitute(COLUMNS, COLUMNS);

    // When
    int first = -1;
    for (int i = 0; i < 1_500; i++) {
      float[] x = CleanModel.row(COLUMNS, random);
      copy.learn(x, 1 + largest(model, x), new int[COLUMNS], -1);
      first = first < 0 && copy.copies() ? i : first;
    }

    // Then
    assertThat(first).isBetween(127, 1_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.7, 0.9, 0.97, 1})
  void shouldBeNoCopyWhenAnswersAreByChanceHoweverOneSided(double share) {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    int copies = 0;

    // When
    for (int caller = 0; caller < 20; caller++) {
      Substitute copy = new Substitute(COLUMNS, COLUMNS);
      for (int i = 0; i < 1_000; i++) {
        int label = random.nextDouble() < share ? 1 : 2;
        copy.learn(CleanModel.row(COLUMNS, random), label, new int[COLUMNS], -1);
        copies += copy.copies() ? 1 : 0;
      }
    }

    // Then
    assertThat(copies).isZero();
  }

  @Test
  void shouldForeseeNoMoreThanGuessingWhenAnswersAreByChance() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    Substitute copy = new Substitute(COLUMNS, COLUMNS);

    // When
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      int label = random.nextInt(10) < 7 ? 1 : 2;
      copy.learn(CleanModel.row(COLUMNS, random), label, new int[COLUMNS], -1);
      sum += copy.agreement() / 2_000;
    }

    // Then
    assertThat(copy.commonest()).isBetween(0.67, 0.73);
    assertThat(sum).isLessThan(copy.commonest());
  }

  @Test
  void shouldCountTheBinsThatWereTouchedWhenMoreThanSixtyFourColumns() {
    // Given 200 columns of which 64 are looked at, all of them in their third bin
    Substitute copy = new Substitute(24, 200);
    int[] bins = new int[200];

    // When
    for (int bin : new int[] {0, 1, 1, 2, 64, 70}) {
      Arrays.fill(bins, bin);
      copy.learn(new float[24], 0, bins, -1);
    }

    // Then
    List<Histogram> columns =
        IntStream.range(0, 200).mapToObj(i -> BASELINE.columns().get(i % COLUMNS)).toList();
    int real = columns.get(0).bins() - 1;
    assertThat(copy.coverage(columns)).isBetween(3.0 / (real + 1), 3.0 / (real - 1));
    assertThat(copy.rows()).isZero();
  }

  @Test
  void shouldStayBoundedWhenPointsAndLabelsAreHostile() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    Substitute copy = new Substitute(COLUMNS, COLUMNS);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, 0, -Float.MAX_VALUE};

    // When
    for (int i = 0; i < 500; i++) {
      float[] x = CleanModel.row(COLUMNS, random);
      x[random.nextInt(COLUMNS)] = odd[i % odd.length];
      copy.learn(x, 1 + random.nextInt(100), new int[] {i % 20}, i % 5);
    }

    // Then it knows eight labels, and a state can be written and read
    assertThat(copy.bytes()).isLessThan(1_024);
    assertThat(copy.agreement()).isBetween(0.0, 1.0);
    Substitute read = CleanModel.reread(copy, Substitute::read);
    assertThat(CleanModel.bytes(read)).isEqualTo(CleanModel.bytes(copy));
    assertThat(copy.unsure()).isEqualTo(0.2);
    assertThat(read.unsure()).isEqualTo(copy.unsure());
    assertThat(read.agreement()).isEqualTo(copy.agreement());
    assertThat(read.coverage(BASELINE.columns())).isEqualTo(copy.coverage(BASELINE.columns()));
  }

  @Test
  void shouldTellTheAnalystWhatWasCopiedWhenASamplerGoesOn() {
    // Given
    SplittableRandom random = new SplittableRandom(6);
    float[][] model = {CleanModel.row(COLUMNS, random), CleanModel.row(COLUMNS, random)};
    DetectorChain chain = DetectorChain.caller(Extraction.detector(), BASELINE);

    // When
    for (int i = 0; i < 1_500; i++) {
      float[] x = new float[COLUMNS];
      for (int c = 0; c < COLUMNS; c++) {
        x[c] = (float) random.nextDouble(-4, 4);
      }
      chain.observe(
          CleanModel.exchange(
              "eve",
              i * SECOND,
              new Payload.Features(x, 1, x.length, new int[] {x.length}, List.of(), false),
              List.of(answer(largest(model, x)))));
    }

    // Then
    List<Finding> findings = chain.findings();
    Finding first = findings.get(0);
    Finding last = findings.get(findings.size() - 1);
    assertThat(value(first, "published_budget_share")).isLessThan(0.02);
    assertThat(first.evidence()).extracting(Measurement::name).doesNotContain("copy_agreement");
    assertThat(value(last, "input_coverage")).isGreaterThan(0.9);
    assertThat(value(last, "input_coverage")).isGreaterThan(value(first, "input_coverage"));
    assertThat(value(last, "copy_agreement")).isGreaterThan(0.75);
    assertThat(first.attributes()).doesNotContainKey(Finding.SUCCESS);
    assertThat(last.attributes()).containsEntry(Finding.SUCCESS, "a copy of the model");
  }

  private static Answer answer(int label) {
    return new Answer("class-" + label, new float[0], Double.NaN);
  }

  private static double value(Finding finding, String name) {
    return finding.evidence().stream()
        .filter(m -> m.name().equals(name))
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow();
  }

  private static int largest(float[][] model, float[] x) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < model.length; c++) {
      double score = 0;
      for (int i = 0; i < x.length; i++) {
        score += model[c][i] * x[i];
      }
      if (score > highest) {
        highest = score;
        best = c;
      }
    }
    return best;
  }
}
