package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenIncidentsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OpenIncidents open = new OpenIncidents(registry, Wiring.profiles());

  @Test
  void shouldCountByTagsWhenIncidentsOpenAndClose() {
    // When
    open.accept(incident("a", 0, Activity.CREATE, Severity.HIGH, "extraction"));
    open.accept(incident("b", 0, Activity.CREATE, Severity.HIGH, "evasion"));
    open.accept(incident("b", 1, Activity.UPDATE, Severity.CRITICAL, "evasion"));

    // Then
    assertThat(value("severity", "high")).isEqualTo(1);
    assertThat(value("severity", "critical")).isEqualTo(1);
    assertThat(value("detector", "extraction")).isEqualTo(1);
    assertThat(value("technique", "AML.T0024.002")).isEqualTo(2);

    // When
    open.accept(incident("a", 1, Activity.CLOSE, Severity.HIGH, "extraction"));
    open.accept(incident("b", 2, Activity.CLOSE, Severity.CRITICAL, "evasion"));

    // Then
    assertThat(registry.getMeters())
        .allSatisfy(m -> assertThat(m.measure().iterator().next().getValue()).isZero());
  }

  @Test
  void shouldChangeNothingWhenAnActivityIsRepeated() {
    // Given
    open.accept(incident("a", 1, Activity.UPDATE, Severity.LOW, "drift"));

    // When
    open.accept(incident("a", 1, Activity.UPDATE, Severity.LOW, "drift"));
    open.accept(incident("a", 0, Activity.CREATE, Severity.HIGH, "drift"));

    // Then
    assertThat(value("severity", "low")).isEqualTo(1);
    assertThat(value("severity", "high")).isZero();
  }

  @Test
  void shouldStayBoundedWhenIncidentsNeverClose() {
    // When
    for (int i = 0; i < 10_050; i++) {
      open.accept(incident("i" + i, 0, Activity.CREATE, Severity.LOW, "no-such-detector"));
    }

    // Then
    assertThat(value("severity", "low")).isEqualTo(10_000);
    assertThat(registry.getMeters()).hasSizeLessThan(50);
  }

  private double value(String tag, String name) {
    return registry.get("vedette.incidents.open.by." + tag).tag(tag, name).gauge().value();
  }

  private static Incident incident(
      String id, int sequence, Activity activity, Severity severity, String detector) {
    return new Incident(
        id,
        activity,
        sequence,
        0,
        0,
        0,
        0,
        "acme",
        List.of("p"),
        "m",
        List.of(detector),
        List.of(new Technique("AML.T0024.002", "n"), new Technique("AML.T9999", "unknown")),
        severity,
        1,
        1,
        1,
        1,
        "t",
        "s",
        List.of(),
        List.of(),
        null);
  }
}
