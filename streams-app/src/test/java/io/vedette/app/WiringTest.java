package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Maturity;
import io.vedette.detect.drift.Drift;
import io.vedette.detect.extraction.Extraction;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WiringTest {

  @Test
  void shouldLeaveOutADetectorWhenItIsASandboxOrOff() throws SettingsException {
    // Given
    Wiring wiring =
        wiring(
            Map.of(
                "VEDETTE_DETECTORS_EXTRACTION_MATURITY", "sandbox",
                "VEDETTE_DETECTORS_EVASION_ENABLED", "false",
                "VEDETTE_DETECTORS_INVERSION_ENABLED", "false",
                "VEDETTE_DETECTORS_MEMBERSHIP_MATURITY", "sandbox"));

    // When
    var detectors = wiring.callerDetectors();

    // Then
    assertThat(detectors).isEmpty();
    assertThat(wiring.enabled(Extraction.PROFILE)).isFalse();
  }

  @Test
  void shouldLetADetectorActAsFarAsSetWhenItsMaturityIsSet() throws SettingsException {
    // Given
    Wiring wiring = wiring(Map.of("VEDETTE_DETECTORS_EXTRACTION_MATURITY", "incubating"));

    // When
    var detectors = wiring.callerDetectors();

    // Then
    assertThat(detectors)
        .extracting(d -> d.profile().id() + ' ' + d.profile().maturity())
        .containsExactly(
            "extraction INCUBATING", "evasion STABLE", "inversion STABLE", "membership STABLE");
  }

  @Test
  void shouldWarnOfADetectorWhenItRunsAlthoughDeprecated() throws SettingsException {
    // Given
    Wiring wiring = wiring(Map.of("VEDETTE_DETECTORS_DRIFT_MATURITY", "deprecated"));

    // When, then
    assertThat(wiring.deprecated()).containsExactly("drift");
    assertThat(wiring.maturity(Drift.PROFILE)).isEqualTo(Maturity.DEPRECATED);
  }

  @Test
  void shouldNameTheTopicsToKeyAnewWhenTheirRolesAreSet() throws SettingsException {
    // Given
    Wiring wiring =
        wiring(
            Map.of(
                "VEDETTE_INGEST_REKEY", "responses",
                "VEDETTE_TOPICS_RESPONSES", "my.responses"));

    // When, then
    assertThat(wiring.topics().foreignKeyed()).isEqualTo(Set.of("my.responses"));
  }

  private static Wiring wiring(Map<String, String> environment) throws SettingsException {
    return new Wiring(SettingsLoader.load(null, environment));
  }
}
