package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.detect.extraction.Extraction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** New accounts of a model whose features depend on one another closely. */
class CrowdStepsTest {

  private static final int D = 30;
  private static final int CAUSES = 3;
  private static final double ALARM = Math.log10(3e4); // what a subject must show by default
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final float[][] LOADINGS = loadings();
  private static final Baseline BASELINE = DetectorChain.learn(clean(), 3_000);

  @Test
  void shouldStaySilentWhenCustomersDifferInWaysThatNoRowsOfOneDo() {
    // Given twelve customers whose rows lie 0.7 deviations away in a third of the features
    SplittableRandom random = new SplittableRandom(1);
    List<float[]> shifts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      float[] shift = new float[D];
      for (int c = 0; c < D; c++) {
        shift[c] = random.nextInt(3) == 0 ? random.nextBoolean() ? 0.7f : -0.7f : 0;
      }
      shifts.add(shift);
    }

    // When
    List<Finding> findings =
        play(
            360,
            12,
            i -> Stays.plus(row(random), shifts.get(i % 12), 1),
            i -> "customer-" + i % 12);

    // Then below what opens an incident
    assertThat(findings).allMatch(f -> f.logEvidence() < ALARM);
  }

  @Test
  void shouldNameTheAccountsWhenTheirRowsIgnoreHowFeaturesDepend() {
    // Given a thief whose every value is usual
    SplittableRandom random = new SplittableRandom(2);

    // When
    List<Finding> findings =
        play(
            240,
            40,
            i -> {
              float[] x = new float[D];
              for (int c = 0; c < D; c++) {
                x[c] = row(random)[c];
              }
              return x;
            },
            i -> "acme");

    // Then
    assertThat(findings).anyMatch(f -> f.logEvidence() >= ALARM);
    Finding last = findings.get(findings.size() - 1);
    assertThat(last.attributes()).containsEntry("mechanism", "new-accounts");
    assertThat(last.principals()).hasSizeGreaterThan(30);
  }

  private static List<Finding> play(
      int rows, int accounts, IntFunction<float[]> source, IntFunction<String> tenant) {
    DetectorChain chain = DetectorChain.crowd(List.of(Extraction.detector()), BASELINE);
    for (int i = 0; i < rows; i++) {
      CallerId caller = new CallerId(tenant.apply(i), "new-" + i % accounts);
      chain.observe(CleanModel.exchange(caller, 2 * DAY + i * SECOND, source.apply(i)));
    }
    assertThat(chain.fenced()).isEmpty();
    return chain.findings();
  }

  private static List<Exchange> clean() {
    SplittableRandom random = new SplittableRandom(3);
    List<Exchange> clean = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      clean.add(CleanModel.exchange("clean-" + i % 20, i * 10 * SECOND, row(random)));
    }
    return clean;
  }

  private static float[] row(SplittableRandom random) {
    float[] x = new float[D];
    for (float[] cause : LOADINGS) {
      x = Stays.plus(x, cause, (float) random.nextGaussian());
    }
    for (int c = 0; c < D; c++) {
      x[c] += (float) (0.2 * random.nextGaussian());
    }
    return x;
  }

  private static float[][] loadings() {
    SplittableRandom random = new SplittableRandom(4);
    float[][] loadings = new float[CAUSES][D];
    for (float[] cause : loadings) {
      for (int c = 0; c < D; c++) {
        cause[c] = (float) (random.nextGaussian() / Math.sqrt(CAUSES));
      }
    }
    return loadings;
  }
}
