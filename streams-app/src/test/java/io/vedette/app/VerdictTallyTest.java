package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Severity;
import io.vedette.edge.cli.PrecisionTable;
import io.vedette.edge.http.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTallyTest {

  private final VerdictTally tally = new VerdictTally();

  private static Judgement judgement(String incident, Judgement.Kind kind, long time) {
    return new Judgement(incident, kind, "ana", "", time, null, null);
  }

  private static Incident of(String id, String... detectors) {
    return new Incident(
        id,
        Incident.Activity.CREATE,
        0,
        1,
        1,
        1,
        1,
        "acme",
        List.of("svc"),
        "loan",
        List.of(detectors),
        List.of(),
        Severity.HIGH,
        0.9,
        70,
        6,
        100,
        "title",
        "summary",
        List.of(),
        List.of(),
        null,
        IncidentDetails.NONE);
  }

  private void incident(String id, String... detectors) {
    tally.accept(of(id, detectors));
  }

  @Test
  void shouldCountTheLatestVerdictOnEachIncidentForAllItsDetectors() {
    // Given verdicts that come before and after what they are on, one of them taken back
    tally.accept(judgement("i-1", Judgement.Kind.FALSE_POSITIVE, 1));
    incident("i-1", "extraction");
    incident("i-1", "evasion", "extraction");
    incident("i-2", "extraction");
    incident("i-3", "extraction");
    incident("i-4", "drift");
    tally.accept(judgement("i-1", Judgement.Kind.TRUE_POSITIVE, 3));
    tally.accept(judgement("i-1", Judgement.Kind.FALSE_POSITIVE, 2)); // an older one
    tally.accept(judgement("i-2", Judgement.Kind.BENIGN, 1));
    tally.accept(judgement("i-3", Judgement.Kind.DUPLICATE, 1));

    // Then
    assertThat(tally.of("extraction").precision()).isEqualTo(0.5);
    assertThat(tally.of("extraction").of(Judgement.Kind.DUPLICATE)).isEqualTo(1);
    assertThat(tally.of("evasion").precision()).isEqualTo(1);
    assertThat(tally.of("drift").precision()).isNaN();
  }

  @Test
  void shouldForgetTheOldestWhenThereAreTooMany() {
    // Given
    VerdictTally small = new VerdictTally(2);
    for (String id : List.of("i-1", "i-2", "i-3")) {
      small.accept(of(id, "drift"));
      small.accept(judgement(id, Judgement.Kind.TRUE_POSITIVE, 1));
    }

    // Then
    assertThat(small.of("drift").of(Judgement.Kind.TRUE_POSITIVE)).isEqualTo(2);
  }

  @Test
  void shouldShowPrecisionOfEveryDetectorInTheApiAndInTheTable() throws Exception {
    // Given
    incident("i-1", "extraction");
    incident("i-2", "extraction");
    tally.accept(judgement("i-1", Judgement.Kind.TRUE_POSITIVE, 1));
    tally.accept(judgement("i-2", Judgement.Kind.FALSE_POSITIVE, 1));

    // When
    String json = Catalogue.json(tally);
    List<String> table = PrecisionTable.text(json).lines().toList();

    // Then
    assertThat(json).contains("\"TRUE_POSITIVE\":1").contains("\"precision\":0.5");
    assertThat(table).hasSize(2 + Wiring.profiles().size());
    assertThat(table.get(2)).startsWith("extraction ").endsWith("0.50");
    assertThat(table.get(3)).startsWith("evasion ").endsWith(" -");
  }
}
