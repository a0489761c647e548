package io.vedette.edge.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vedette.core.Incident.Activity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is rendered against the schemas of the fields that we emit, and against OCSF's full ones
 * when they are at hand: below property {@code vedette.shared} or variable {@code SHARED_DIR}, else
 * in {@code shared} beside the checkout.
 */
class SchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  /** What {@code siem.ocsfVersion} allows. */
  private static final List<String> VERSIONS = List.of("1.8.0", "1.9.0");

  private record Document(String name, String schema, JsonNode tree) {}

  @TestFactory
  Stream<DynamicTest> shouldFitOwnSchemaWhenRendered() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String version : VERSIONS) {
      for (Document document : documents(options(version))) {
        tests.add(DynamicTest.dynamicTest(document.name(), () -> fits(document, version)));
      }
    }
    return tests.stream();
  }

  private static void fits(Document document, String version) throws IOException {
    assertThat(own(document.schema()).validate(document.tree())).isEmpty();
    assertThat(document.tree().at("/metadata/version").asText(version)).isEqualTo(version);
  }

  private static SiemOptions options(String ocsfVersion) {
    SiemOptions o = SiemCases.OPTIONS;
    return new SiemOptions(
        o.productVersion(), ocsfVersion, o.assigneeGroup(), o.runbookUrl(), o.incidentUrl());
  }

  @Test
  void shouldKnowTheVersionsThatTheSchemasAllow() throws IOException {
    for (String name : List.of("ocsf-incident-finding", "ocsf-detection-finding")) {
      JsonNode allowed = tree(name).at("/properties/metadata/properties/version/enum");
      assertThat(allowed).extracting(JsonNode::asText).isEqualTo(VERSIONS);
    }
  }

  @Test
  void shouldLeaveOutAddressesWhenNoneAreSet() throws IOException {
    for (Document document : documents(SiemOptions.of("0.1.0"))) {
      assertThat(own(document.schema()).validate(document.tree())).isEmpty();
      assertThat(document.tree().toString()).doesNotContain("soc.example").doesNotContain("\"\"");
    }
  }

  @Test
  void shouldFitOwnSchemaWhenTextsAreAsLongAsTheyCanBe() throws IOException {
    JsonSchema incidents = own("ocsf-incident-finding");
    JsonSchema detections = own("ocsf-detection-finding");
    JsonSchema alerts = own("ecs-alert");
    for (String text : List.of("x".repeat(70_000), "\u202e".repeat(5_000), "<", "\ud800", "é")) {
      // When
      List<View> ocsf =
          new OcsfRenderer(Taxonomy.load(), SiemCases.OPTIONS)
              .render(SiemCases.hostile(text, Activity.UPDATE), SiemCases.hostileFinding(text));
      View ecs =
          new EcsRenderer(Taxonomy.load(), SiemCases.OPTIONS)
              .render(SiemCases.hostile(text), null)
              .get(0);

      // Then
      assertThat(incidents.validate(JSON.readTree(ocsf.get(0).text()))).isEmpty();
      assertThat(detections.validate(JSON.readTree(ocsf.get(1).text()))).isEmpty();
      assertThat(alerts.validate(JSON.readTree(ecs.text()))).isEmpty();
    }
  }

  @Test
  void shouldRefuseWrongDocumentsWhenValidated() throws IOException {
    for (Document document : documents(SiemCases.OPTIONS)) {
      // Given
      JsonSchema schema = own(document.schema());
      ObjectNode unknown = document.tree().deepCopy();
      unknown.put("surprise", 1);
      ObjectNode incomplete = document.tree().deepCopy();
      incomplete.remove(document.schema().startsWith("ecs") ? "event" : "metadata");
      ObjectNode wrong = document.tree().deepCopy();
      wrong.put(document.schema().startsWith("ecs") ? "@timestamp" : "time", 12);

      // When // Then
      assertThat(schema.validate(unknown)).isNotEmpty();
      assertThat(schema.validate(incomplete)).isNotEmpty();
      assertThat(schema.validate(wrong)).isNotEmpty();
    }
  }

  /** Of 1.9.0 there is no full schema at hand; its documents differ in the version alone. */
  @Test
  void shouldSayTheSameInEveryVersion() throws IOException {
    List<Document> first = documents(options(VERSIONS.get(0)));
    List<Document> second = documents(options(VERSIONS.get(1)));
    for (int i = 0; i < first.size(); i++) {
      JsonNode other = second.get(i).tree();
      if (first.get(i).schema().startsWith("ocsf")) {
        ((ObjectNode) other.get("metadata")).put("version", VERSIONS.get(0));
      }
      assertThat(other).isEqualTo(first.get(i).tree());
    }
  }

  @Test
  void shouldFitTheFullOcsfSchemaWhenItIsAtHand() throws IOException {
    // Given
    Path directory = shared().resolve("reference/ocsf-1.8.0");
    assumeTrue(Files.isDirectory(directory), "no OCSF schemas at hand");
    JsonSchema incidents = full(directory.resolve("incident_finding.schema.json"));
    JsonSchema detections = full(directory.resolve("detection_finding.schema.json"));

    // When // Then
    int seen = 0;
    for (Document document : documents(SiemCases.OPTIONS)) {
      if (document.schema().startsWith("ocsf")) {
        JsonSchema schema = document.schema().contains("incident") ? incidents : detections;
        assertThat(schema.validate(document.tree())).as(document.name()).isEmpty();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(SiemCases.all().size());
    extremes(incidents, detections);
  }

  /** Whatever times and numbers an attacker sends. */
  private static void extremes(JsonSchema incidents, JsonSchema detections) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    Renderer renderer = new OcsfRenderer(Taxonomy.load(), SiemCases.OPTIONS);
    for (int i = 0; i < 200; i++) {
      String text = Character.toString(random.nextInt(0x110000)).repeat(1 + random.nextInt(400));
      List<View> views =
          renderer.render(
              HostileCases.worst(text, Activity.UPDATE, random), SiemCases.hostileFinding(text));
      assertThat(incidents.validate(JSON.readTree(views.get(0).text()))).isEmpty();
      assertThat(detections.validate(JSON.readTree(views.get(1).text()))).isEmpty();
    }
  }

  private static List<Document> documents(SiemOptions options) throws IOException {
    Taxonomy taxonomy = Taxonomy.load();
    List<Document> documents = new ArrayList<>();
    for (SiemCases.Case each : SiemCases.all()) {
      Renderer ocsf = new OcsfRenderer(taxonomy, options);
      for (View view : ocsf.render(each.incident(), each.cause(), each.link())) {
        boolean incident = "2005".equals(view.headers().get("ocsf-class"));
        documents.add(
            new Document(
                each.name() + (incident ? " 2005 of " : " 2004 of ") + options.ocsfVersion(),
                incident ? "ocsf-incident-finding" : "ocsf-detection-finding",
                JSON.readTree(view.text())));
      }
      View ecs =
          new EcsRenderer(taxonomy, options)
              .render(each.incident(), each.cause(), each.link())
              .get(0);
      documents.add(new Document(each.name() + " ECS", "ecs-alert", JSON.readTree(ecs.text())));
    }
    return documents;
  }

  private static JsonSchema own(String name) throws IOException {
    return SCHEMAS.getSchema(tree(name));
  }

  private static JsonNode tree(String name) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream("schema/" + name + ".schema.json")) {
      return JSON.readTree(in);
    }
  }

  private static JsonSchema full(Path file) throws IOException {
    return SCHEMAS.getSchema(JSON.readTree(Files.readAllBytes(file)));
  }

  private static Path shared() {
    String property = System.getProperty("vedette.shared");
    String variable = System.getenv("SHARED_DIR");
    if (property != null) {
      return Path.of(property);
    }
    return variable != null ? Path.of(variable) : Path.of("..", "..", "shared");
  }
}
