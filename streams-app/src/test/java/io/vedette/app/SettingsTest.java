package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Maturity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void shouldDescribeEveryKeyWhenTheRecordsAreWalked() {
    // Given
    List<String> keys = new ArrayList<>();

    // When
    walk("", Settings.class, keys);

    // Then
    assertThat(SettingsKeys.all().keySet()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(SettingsKeys.all().values())
        .allSatisfy(
            key -> {
              assertThat(key.text()).isNotBlank();
              assertThat(key.allowed()).isNotBlank();
            });
  }

  @Test
  void shouldHaveADefaultForEveryKeyWhenNothingIsSet() {
    // When
    Map<String, String> defaults = SettingsText.flat(Settings.defaults());

    // Then
    assertThat(SettingsKeys.all().keySet().stream().filter(k -> !k.contains("<id>")))
        .filteredOn(k -> !k.endsWith(".properties"))
        .containsExactlyInAnyOrderElementsOf(defaults.keySet());
    assertThat(Settings.defaults().detector("drift").enabled()).isTrue();
  }

  @Test
  void shouldKeepItsOwnRulesWhenNothingIsSet() {
    // When
    List<String> problems = Settings.defaults().problems();

    // Then
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldNameTopicsOfTheContractWhenNothingIsSet() {
    // When
    Map<String, String> topics = Settings.defaults().topics().byRole();

    // Then
    assertThat(topics)
        .containsEntry("requests", "inference.requests")
        .containsEntry("ocsf", "vedette.incidents.ocsf")
        .containsEntry("deadLetters", "vedette.deadletter")
        .hasSize(13);
  }

  @Test
  void shouldListEveryKeyWhenTheReferenceIsPrinted() {
    // When
    String table = SettingsText.reference();

    // Then
    assertThat(table.lines()).hasSize(SettingsKeys.all().size() + 2);
    assertThat(table)
        .contains(
            "| `alerting.falseAlarmsPerCallerDay` | `0.0001` | a number above 0 and at most 0.1 |")
        .contains("| `http.port` | `8080` |")
        .contains("| `detectors.<id>.enabled` | `true` |");
  }

  @Test
  void shouldHideSecretsWhenDescribed() throws SettingsException {
    // Given
    Map<String, String> environment =
        Map.of(
            "VEDETTE_CELLS_SALT", "pepper",
            "VEDETTE_REGISTRY_URL", "https://me:hush@registry.example",
            "VEDETTE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO", "me:hush",
            "VEDETTE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "x password=hush;");
    Settings settings = SettingsLoader.load(null, environment);

    // When
    String text = settings.describe() + settings;

    // Then
    assertThat(text).doesNotContain("hush", "pepper").contains("cells.salt: (hidden)");
    assertThat(settings.registry().properties()).containsEntry("basic.auth.user.info", "me:hush");
  }

  @Test
  void shouldChangeHashOnlyWhenWhatDecidesFindingsChanges() throws SettingsException {
    // Given
    String hash = Settings.defaults().configHash();

    // When
    Settings elsewhere =
        load(
            "VEDETTE_HTTP_PORT",
            "9090",
            "VEDETTE_CELLS_SALT",
            "other",
            "VEDETTE_LOG_LEVEL",
            "WARN");
    Settings stricter = load("VEDETTE_ALERTING_FALSEALARMSPERCALLERDAY", "0.001");
    Settings fewer = load("VEDETTE_DETECTORS_DRIFT_ENABLED", "false");

    // Then
    assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(elsewhere.configHash());
    assertThat(List.of(hash, stricter.configHash(), fewer.configHash())).doesNotHaveDuplicates();
  }

  @Test
  void shouldSetDetectorWhenTheEnvironmentNamesIt() throws SettingsException {
    // When
    Settings settings =
        load(
            "VEDETTE_DETECTORS_DRIFT_MATURITY", "sandbox",
            "VEDETTE_DETECTORS_DRIFT_PROPERTIES_PSIFLOOR", "0.7");

    // Then
    assertThat(settings.detector("drift").maturity()).isEqualTo(Maturity.SANDBOX);
    assertThat(settings.detector("drift").properties().get("psiFloor")).isEqualTo(0.7);
  }

  private static Settings load(String... pairs) throws SettingsException {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return SettingsLoader.load(null, environment);
  }

  private static void walk(String path, Class<?> type, List<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String child = path.isEmpty() ? component.getName() : path + '.' + component.getName();
      if (component.getType().isRecord()) {
        walk(child, component.getType(), keys);
      } else if (child.equals("detectors")) {
        walk("detectors.<id>", Settings.DetectorSettings.class, keys);
      } else {
        keys.add(child);
      }
    }
  }
}
