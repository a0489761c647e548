package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionRulesTest {

  @Test
  void shouldRefuseAdviceThatLapsesBetweenTwoHeartbeatsWhenDetectorsGiveAdvice() {
    // Given
    Map<String, String> brief =
        Map.of("VEDETTE_ACTIONS_DETECTORS", "extraction", "VEDETTE_ACTIONS_LASTS", "PT24H");

    // When
    SettingsException problem = problem(brief);

    // Then
    assertThat(problem).isNotNull();
    assertThat(problem.errors())
        .singleElement()
        .asString()
        .startsWith(
            "actions.lasts must be at least PT25H when actions.detectors is set, was PT24H");
  }

  @Test
  void shouldTakeAnyTimeWhenNobodyIsAdvisedAndTheDefaultWhenSomebodyIs() {
    // When / Then
    assertThat(problem(Map.of("VEDETTE_ACTIONS_LASTS", "PT1H"))).isNull();
    assertThat(problem(Map.of("VEDETTE_ACTIONS_DETECTORS", "extraction"))).isNull();
  }

  private static SettingsException problem(Map<String, String> environment) {
    try {
      SettingsLoader.load(null, environment);
      return null;
    } catch (SettingsException e) {
      return e;
    }
  }
}
