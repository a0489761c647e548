package io.vedette.detect.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.BaselineBuilder;
import io.vedette.baseline.CleanRow;
import io.vedette.core.Answer;
import io.vedette.core.Payload;
import io.vedette.detect.CleanModel;
import io.vedette.detect.DetectorChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Honest callers whose rows lie about one another. */
class MembershipBenignTest {

  private static final int D = 16;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void shouldAccuseNobodyWhenStressTestsScaleEveryFeature(int levels) {
    // Given a table of plus and minus ten, twenty, thirty ... per cent for each of eighty cases
    SplittableRandom random = new SplittableRandom(levels);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      float[] base = CleanModel.row(D, random);
      rows.add(base);
      for (int level = 1; level <= levels; level++) {
        rows.add(scaled(base, 1 + 0.1f * level));
        rows.add(scaled(base, 1 - 0.1f * level));
      }
    }
    DetectorChain chain = chain(CleanModel.baseline(D, 10));

    // When
    long time = 1_000_000;
    for (float[] x : rows) {
      chain.observe(CleanModel.exchange("risk", time += 1_000_000, x));
    }

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 16})
  void shouldAccuseNobodyWhenTrafficIsDenseWhereTheModelIsSure(int columns) {
    // Given two tight classes that the model is sure of, and a diffuse rest
    SplittableRandom random = new SplittableRandom(columns);
    List<CleanRow> clean = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      float[] x = mixed(columns, random);
      Answer answer = answer(x);
      clean.add(
          new CleanRow(
              random.nextLong(),
              20_000_000L * i,
              i % 10,
              x,
              List.of(),
              i % 2,
              answer.confidence()));
    }
    Baseline baseline =
        BaselineBuilder.build(
            CleanModel.MODEL.name(), CleanModel.MODEL.version(), true, clean, List.of(), Map.of());
    DetectorChain chain = chain(baseline);

    // When: a gateway's day
    for (int i = 0; i < 12_000; i++) {
      float[] x = mixed(columns, random);
      var row = new Payload.Features(x, 1, columns, new int[] {columns}, List.of(), false);
      chain.observe(CleanModel.exchange("gateway", 5_000_000L * i, row, List.of(answer(x))));
    }

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenOneFeatureIsTriedBeforeMany() {
    // Given an analyst who tries six values of one feature, and then another case altogether like
    // it
    SplittableRandom random = new SplittableRandom(4);
    DetectorChain chain = chain(CleanModel.baseline(D, 10));
    long time = 1_000_000;

    // When
    for (int i = 0; i < 120; i++) {
      float[] base = CleanModel.row(D, random);
      chain.observe(CleanModel.exchange("analyst", time += 1_000_000, base));
      for (int step = 1; step <= 6; step++) {
        float[] x = base.clone();
        x[i % D] += 0.1f * step;
        chain.observe(CleanModel.exchange("analyst", time += 1_000_000, x));
      }
      float[] all = base.clone();
      float[] noise = CleanModel.row(D, random);
      for (int c = 0; c < D; c++) {
        all[c] += 0.3f * noise[c];
      }
      chain.observe(CleanModel.exchange("analyst", time += 1_000_000, all));
    }

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  private static DetectorChain chain(Baseline baseline) {
    return DetectorChain.caller(Membership.detector(MembershipConfig.USUAL), baseline);
  }

  private static float[] scaled(float[] x, float by) {
    float[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= by;
    }
    return y;
  }

  private static float[] mixed(int columns, SplittableRandom random) {
    float[] x = CleanModel.row(columns, random);
    double kind = random.nextDouble();
    for (int i = 0; i < columns && kind < 0.5; i++) {
      x[i] = 0.25f * x[i] + (kind < 0.25 ? 1 : -1);
    }
    return x;
  }

  /** Sure in the middle of the two classes. */
  private static Answer answer(float[] x) {
    double nearest = Double.MAX_VALUE;
    for (int side = -1; side <= 1; side += 2) {
      double sum = 0;
      for (float v : x) {
        sum += (v - side) * (v - side);
      }
      nearest = Math.min(nearest, sum / x.length);
    }
    float p = (float) (0.5 + 0.5 * Math.exp(-nearest));
    return new Answer(x[0] > 0 ? "yes" : "no", new float[] {p, 1 - p}, Double.NaN);
  }
}
