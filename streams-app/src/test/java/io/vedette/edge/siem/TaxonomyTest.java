package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TaxonomyTest {

  private static final Taxonomy TAXONOMY = Taxonomy.load();

  @Test
  void shouldNameEditionsWhenRead() {
    assertThat(TAXONOMY.version()).matches("\\d{4}\\.\\d{2}");
    assertThat(TAXONOMY.editions())
        .containsOnlyKeys("atlas", "owaspMl", "owaspLlm", "nist", "aisvs", "ocsf")
        .allSatisfy((list, edition) -> assertThat(edition).isNotBlank());
    assertThat(TAXONOMY.edition("atlas")).matches("\\d{4}\\.\\d{2}");
  }

  @Test
  void shouldHaveWellFormedIdsAndKnownTacticsWhenRead() {
    assertThat(TAXONOMY.tactics().keySet()).allMatch(id -> id.matches("AML\\.TA\\d{4}"));
    assertThat(TAXONOMY.mitigations().keySet()).allMatch(id -> id.matches("AML\\.M\\d{4}"));
    TAXONOMY
        .techniques()
        .forEach(
            (id, technique) -> {
              assertThat(id).matches("AML\\.T\\d{4}(\\.\\d{3})?");
              assertThat(technique.name()).isNotBlank();
              assertThat(technique.tactics()).isNotEmpty().isSubsetOf(TAXONOMY.tactics().keySet());
              String parent = Taxonomy.parent(id);
              assertThat(parent == null || TAXONOMY.techniques().containsKey(parent)).isTrue();
            });
  }

  @TestFactory
  Stream<DynamicTest> shouldReferToKnownIdsWhenEntryIsRead() {
    return TAXONOMY.detectors().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  private static void check(Taxonomy.Entry entry) {
    known(entry.techniques(), TAXONOMY.techniques());
    known(entry.mitigations(), TAXONOMY.mitigations());
    known(entry.owaspMl(), TAXONOMY.owaspMl());
    known(entry.owaspLlm2025(), TAXONOMY.owaspLlm2025());
    known(entry.owaspLlm2026(), TAXONOMY.owaspLlm2026());
    known(entry.nist(), TAXONOMY.nist());
    known(entry.aisvs(), TAXONOMY.aisvs());
    assertThat(entry.ocsfTypes()).isNotEmpty();
    assertThat(entry.ecsCategory()).isNotEmpty();
    assertThat(entry.ecsType()).isNotEmpty();
    assertThat(entry.ruleOut()).isNotEmpty();
    assertThat(entry.nextSteps()).isNotEmpty();
    assertThat(entry.analyticTypeId()).isBetween(0, 11);
    assertThat(entry.killChainPhaseId()).isBetween(0, 7);
    assertThat(entry.techniques().isEmpty())
        .as("without an adversary no technique: false tags poison heat maps")
        .isEqualTo(!entry.adversarial());
  }

  private static void known(List<String> ids, Map<String, ?> list) {
    assertThat(ids).isSubsetOf(list.keySet()).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveGeneralEntryWhenDetectorIsUnknown() {
    assertThat(TAXONOMY.detector("from-the-future").category()).isEqualTo("suspicious_traffic");
    assertThat(TAXONOMY.first(List.of()).nextSteps()).isNotEmpty();
  }

  @Test
  void shouldJoinNamesWhenTechniqueIsASubTechnique() {
    assertThat(TAXONOMY.fullName("AML.T0024.002"))
        .isEqualTo("Exfiltration via AI Inference API: Extract AI Model");
    assertThat(TAXONOMY.fullName("AML.T0015")).isEqualTo("Evade AI Model");
    assertThat(TAXONOMY.fullName("AML.T9999")).isEmpty();
  }
}
