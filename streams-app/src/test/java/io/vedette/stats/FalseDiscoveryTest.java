package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalseDiscoveryTest {

  @ParameterizedTest
  @CsvSource({"1, 200000", "10, 20000"})
  void shouldNeedTheReferenceEvidenceWhenTenThousandKeysAreTested(int rejections, double needed) {
    // Given
    double[] logE = new double[rejections];
    Arrays.fill(logE, Math.log(needed * 1.000001));
    // When
    double threshold = EBenjaminiHochberg.logThreshold(logE, 10_000, 0.05);
    // Then
    assertThat(Math.exp(threshold)).isCloseTo(needed, withinPercentage(1e-6));
    Arrays.fill(logE, Math.log(needed * 0.999));
    assertThat(EBenjaminiHochberg.logThreshold(logE, 10_000, 0.05)).isInfinite();
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 1", "0.05, 1", "0.1, 1", "0.3, 1", // benign keys all alike: the worst that is allowed
    "0.01, 0", "0.05, 0", "0.1, 0", "0.3, 0"
  })
  void shouldListABenignKeyNoMoreOftenThanAllowedWhenAllAreBenign(double alpha, double alike) {
    // Given
    SplittableRandom random = new SplittableRandom(37);
    int runs = 4_000;
    int listed = 0;
    // When
    for (int run = 0; run < runs; run++) {
      double common = random.nextDouble();
      double[] logE = new double[50];
      for (int i = 0; i < logE.length; i++) {
        double p = random.nextDouble() < alike ? common : random.nextDouble();
        logE[i] = PToE.logE(Math.max(p, 1e-300));
      }
      listed +=
          Double.isInfinite(EBenjaminiHochberg.logThreshold(logE, logE.length, alpha)) ? 0 : 1;
    }
    // Then
    assertThat(listed / (double) runs)
        .isLessThanOrEqualTo(alpha + 3 * Math.sqrt(alpha * (1 - alpha) / runs));
  }

  @Test
  void shouldHoldTheFalseDiscoveryRateOfEvidence() {
    // Given
    SplittableRandom random = new SplittableRandom(31);
    double proportions = 0;
    int runs = 1_000;
    // When
    for (int run = 0; run < runs; run++) {
      double common = random.nextDouble(); // benign keys fully dependent: the worst case allowed
      double[] logE = new double[100];
      for (int i = 0; i < logE.length; i++) {
        logE[i] = i < 10 ? Math.log(2_000) : PToE.logE(common);
      }
      double threshold = EBenjaminiHochberg.logThreshold(logE, logE.length, 0.1);
      long all = Arrays.stream(logE).filter(e -> e >= threshold).count();
      long wrong = Arrays.stream(logE).skip(10).filter(e -> e >= threshold).count();
      proportions += all == 0 ? 0 : (double) wrong / all;
    }
    // Then
    assertThat(proportions / runs).isLessThanOrEqualTo(0.1);
  }

  @Test
  void shouldRejectTheSameKeysAsBenjaminiHochbergByHand() {
    // Given
    double[] p = {0.01, 0.04, 0.03, 0.5};
    // When
    double[] adjusted = BenjaminiHochberg.adjust(p);
    // Then
    double shared = 0.04 * 4 / 3;
    assertThat(adjusted).containsExactly(new double[] {0.04, shared, shared, 0.5}, offset(1e-12));
    assertThat(BenjaminiHochberg.bonferroni(p))
        .containsExactly(new double[] {0.04, 0.16, 0.12, 1}, offset(1e-12));
    assertThatThrownBy(() -> BenjaminiHochberg.adjust(new double[] {2}))
        .hasMessageContaining("p must be 0 to 1, was 2.0");
  }

  @Test
  void shouldSpendNoMoreThanTheBudget() {
    // Given
    double sum = 0;
    // When
    for (long t = 1; t <= 1_000_000; t++) {
      sum += SpendingSequence.gamma(t);
    }
    // Then: the rest, at most the integral from 1e6 on, by substitution u = sqrt(ln t)
    double u = Math.sqrt(Math.log(1e6));
    double rest = 0.0772 * 2 * Math.exp(-u) * (u * u * u + 3 * u * u + 6 * u + 6);
    assertThat(sum + rest).isCloseTo(0.976, offset(1e-3)).isLessThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2.7e-3, 374",
    "10, 1.9e-4, 5131",
    "100, 2.1e-5, 48095",
    "1000, 1.9e-6, 5.2e5",
    "24000, 6.8e-8, 1.5e7",
    "720000, 1.8e-9, 5.4e8"
  })
  void shouldGiveTheReferenceLevels(long t, double level, double evidence) {
    // When
    double alpha = ELond.level(0.05, t, 0);
    // Then
    assertThat(alpha).isCloseTo(level, withinPercentage(4));
    assertThat(1 / alpha).isCloseTo(evidence, withinPercentage(2));
  }

  @Test
  void shouldRaiseTheLevelAfterARejection() {
    // Given
    ELond evidence = new ELond(0.05);
    LordPlusPlus values = new LordPlusPlus(0.05);
    double before = values.level();
    // When
    boolean first = evidence.test(Math.log(400)) && values.test(1e-5);
    // Then
    assertThat(first).isTrue();
    assertThat(Math.exp(-evidence.logThreshold()))
        .isCloseTo(2 * 0.05 * SpendingSequence.gamma(2), offset(1e-12));
    assertThat(before).isCloseTo(0.005 * SpendingSequence.gamma(1), offset(1e-15));
    assertThat(values.level())
        .isCloseTo(
            0.005 * SpendingSequence.gamma(2) + 0.045 * SpendingSequence.gamma(1), offset(1e-15));
  }

  @Test
  void shouldRarelyRejectAnythingWhenNothingIsTrue() {
    // Given
    SplittableRandom random = new SplittableRandom(33);
    int runs = 2_000;
    int wrong = 0;
    int wrongEvidence = 0;
    // When
    for (int run = 0; run < runs; run++) {
      LordPlusPlus values = new LordPlusPlus(0.1);
      ELond evidence = new ELond(0.1);
      for (int i = 0; i < 300; i++) {
        double p = random.nextDouble();
        values.test(p);
        evidence.test(PToE.logE(p));
      }
      wrong += values.rejections() > 0 ? 1 : 0;
      wrongEvidence += evidence.rejections() > 0 ? 1 : 0;
    }
    // Then
    double slack = 3 * Math.sqrt(0.09 / runs);
    assertThat(wrong / (double) runs).isLessThanOrEqualTo(0.1 + slack);
    assertThat(wrongEvidence / (double) runs).isLessThanOrEqualTo(0.1 + slack);
  }

  @Test
  void shouldHoldTheFalseDiscoveryRateWhenAFifthIsTrue() {
    // Given
    SplittableRandom random = new SplittableRandom(34);
    double proportions = 0;
    double found = 0;
    int runs = 300;
    // When
    for (int run = 0; run < runs; run++) {
      LordPlusPlus values = new LordPlusPlus(0.1);
      int wrong = 0;
      for (int i = 0; i < 500; i++) {
        boolean real = i % 5 == 0;
        double p = real ? Math.pow(random.nextDouble(), 8) * 1e-3 : random.nextDouble();
        if (values.test(p) && !real) {
          wrong++;
        }
      }
      proportions += wrong / Math.max(1.0, values.rejections());
      found += values.rejections() - wrong;
    }
    // Then
    assertThat(proportions / runs).isLessThanOrEqualTo(0.1);
    assertThat(found / runs).isGreaterThan(70); // of 100
  }

  @Test
  void shouldDecideTheSameAfterWriteAndRead() throws IOException {
    // Given
    SplittableRandom random = new SplittableRandom(35);
    LordPlusPlus values = new LordPlusPlus(0.2);
    ELond evidence = new ELond(0.2);
    for (int i = 0; i < 200; i++) {
      values.test(Math.pow(random.nextDouble(), 6));
      evidence.test(8 * random.nextDouble());
    }
    // When
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    values.write(new DataOutputStream(bytes));
    evidence.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    LordPlusPlus valuesAgain = LordPlusPlus.read(in);
    ELond evidenceAgain = ELond.read(in);
    // Then
    assertThat(in.available()).isZero();
    assertThat(values.rejections()).isGreaterThan(8);
    assertThat(valuesAgain.tests()).isEqualTo(200);
    assertThat(evidenceAgain.tests()).isEqualTo(200);
    for (int i = 0; i < 100; i++) {
      double p = Math.pow(random.nextDouble(), 6);
      assertThat(valuesAgain.level()).isEqualTo(values.level());
      assertThat(valuesAgain.test(p)).isEqualTo(values.test(p));
      assertThat(evidenceAgain.test(-Math.log(p))).isEqualTo(evidence.test(-Math.log(p)));
    }
  }

  @Test
  void shouldRefuseBytesThatAreNoSeries() {
    // Given
    byte[] bytes = new byte[24];
    // When // Then
    assertThatThrownBy(() -> LordPlusPlus.read(in(bytes))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ELond.read(in(bytes))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new ELond(0)).hasMessageContaining("alpha must be inside (0, 1)");
    assertThatThrownBy(() -> new LordPlusPlus(1)).hasMessageContaining("alpha must be inside");
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
