package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PToETest {

  @ParameterizedTest
  @CsvSource({
    "0.05, 2.197, 1.783, 2.236",
    "0.01, 7.962, 4.451, 5",
    "1e-3, 50.24, 20.79, 15.81",
    "1e-4, 317.0, 117.8, 50",
    "1e-5, 2000, 754.4, 158.1"
  })
  void shouldGiveTheReferenceTable(double p, double fixed, double averaged, double half) {
    // When
    double e = Math.exp(PToE.logE(p));
    // Then
    assertThat(e).isCloseTo(fixed, withinPercentage(0.05));
    assertThat(Math.exp(PToE.logAveraged(p))).isCloseTo(averaged, withinPercentage(0.05));
    assertThat(Math.exp(PToE.logE(p, 0.5))).isCloseTo(half, withinPercentage(0.05));
  }

  @Test
  void shouldReachAPageOnlyAtTheReferencePValue() {
    // When
    double logE = PToE.logE(1.34e-6);
    // Then
    assertThat(Math.exp(logE)).isCloseTo(1e4, withinPercentage(0.5));
    assertThat(Math.exp(PToE.logE(1 / 1_001.0))).isCloseTo(50.3, withinPercentage(0.1));
  }

  @ParameterizedTest
  @CsvSource({"0.999999", "0.9999", "0.99989", "0.5"})
  void shouldKeepItsDigitsNearOne(double p) {
    // When
    double averaged = Math.exp(PToE.logAveraged(p));
    // Then
    double u = -Math.log(p);
    double series = 0.5 + u / 6 + u * u / 24 + u * u * u / 120 + Math.pow(u, 4) / 720;
    assertThat(averaged).isCloseTo(series, withinPercentage(0.01));
  }

  @Test
  void shouldFallAsPGrowsAndStayFiniteAtZero() {
    // When
    double atZero = PToE.logE(0);
    // Then
    assertThat(atZero).isFinite();
    assertThat(PToE.logAveraged(0)).isFinite();
    assertThat(PToE.logAveraged(1)).isCloseTo(Math.log(0.5), offset(1e-12));
    for (double p = 1e-20; p < 1; p *= 1.3) {
      assertThat(PToE.logE(p)).isGreaterThan(PToE.logE(Math.min(1, p * 1.3)));
      assertThat(PToE.logAveraged(p)).isGreaterThan(PToE.logAveraged(Math.min(1, p * 1.3)));
    }
  }

  @Test
  void shouldKeepVillesBoundWhenEvidenceMultiplies() {
    // When // Then
    FalseAlarms.assertVille(
        20_000,
        9,
        random -> {
          double logE = 0;
          double sup = 0;
          for (int i = 0; i < 50; i++) {
            logE += PToE.logE(random.nextDouble());
            sup = Math.max(sup, logE);
          }
          return sup;
        });
  }

  @Test
  void shouldKeepVillesBoundWhenAveragedOverK() {
    // When // Then
    FalseAlarms.assertVille(
        20_000,
        10,
        random -> {
          double logE = 0;
          double sup = 0;
          for (int i = 0; i < 50; i++) {
            logE += PToE.logAveraged(random.nextDouble());
            sup = Math.max(sup, logE);
          }
          return sup;
        });
  }

  @Test
  void shouldRefuseImpossibleProbabilities() {
    // When // Then
    assertThatThrownBy(() -> PToE.logE(1.1)).hasMessageContaining("p must be 0 to 1, was 1.1");
    assertThatThrownBy(() -> PToE.logE(0.5, 1)).hasMessageContaining("k must be inside (0, 1)");
    assertThatThrownBy(() -> PToE.logAveraged(Double.NaN)).hasMessageContaining("p must be");
  }
}
