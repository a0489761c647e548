package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vedette.edge.embedded.RegistryClient.Reply;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRegistryTest {

  private static final String PROTECTED = "inference.exchanges-value";

  private EmbeddedRegistry registry;
  private RegistryClient client;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.inMemory(0, Set.of(PROTECTED));
    client = new RegistryClient(registry.url());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldAnswerIdAndVersionWhenSchemaIsRegistered() {
    // When
    Reply reply = client.register("a-value", Schemas.V1);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    assertThat(reply.json().path("id").asInt()).isEqualTo(1);
    assertThat(reply.json().path("version").asInt()).isEqualTo(1);
    assertThat(reply.json().path("subject").asText()).isEqualTo("a-value");
    assertThat(reply.json().path("schema").asText()).isEqualTo(Schemas.V1);
  }

  @Test
  void shouldGiveSameIdWhenSchemaIsRegisteredAgainUnderAnotherSubjectOrLayout() {
    // Given
    client.register("a-value", Schemas.V1);
    String javaText =
        Schemas.record(
            " {\"name\": \"id\", \"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}}");

    // When
    Reply other = client.register("b-value", javaText);

    // Then
    assertThat(other.json().path("id").asInt()).isEqualTo(1);
    assertThat(client.register("a-value", javaText).json().path("version").asInt()).isEqualTo(1);
    assertThat(client.get("/subjects/a-value/versions").json()).hasToString("[1]");
    assertThat(client.get("/subjects").json()).hasToString("[\"a-value\",\"b-value\"]");
  }

  @Test
  void shouldGiveNewIdWhenOnlyADefaultDiffers() {
    // Given
    client.register("a-value", Schemas.V2);

    // When
    Reply reply = client.register("a-value", Schemas.V2.replace("\"default\":0", "\"default\":1"));

    // Then
    assertThat(reply.json().path("id").asInt()).isEqualTo(2);
    assertThat(reply.json().path("version").asInt()).isEqualTo(2);
  }

  @Test
  void shouldIgnoreQueryParametersWhenClientsSendThem() {
    // Given
    client.post(
        "/subjects/a-value/versions?normalize=false", RegistryClient.schemaBody(Schemas.V1));

    // When
    Reply byId = client.get("/schemas/ids/1?fetchMaxId=false&subject=a-value");

    // Then
    assertThat(byId.status()).isEqualTo(200);
    assertThat(byId.json().path("schema").asText()).isEqualTo(Schemas.V1);
    Reply lookup =
        client.post(
            "/subjects/a-value?normalize=false&deleted=true",
            RegistryClient.schemaBody(Schemas.V1));
    assertThat(lookup.json().path("id").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "-1", "2"})
  void shouldAnswerVersionWhenAskedByNumberOrLatest(String version) {
    // Given
    client.register("a-value", Schemas.V1);
    client.register("a-value", Schemas.V2);

    // When
    Reply reply = client.get("/subjects/a-value/versions/" + version);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("version").asInt()).isEqualTo(2);
    assertThat(reply.json().path("id").asInt()).isEqualTo(2);
    assertThat(reply.json().path("schema").asText()).isEqualTo(Schemas.V2);
  }

  @ParameterizedTest
  @CsvSource({
    "/subjects/none/versions,               404, 40401",
    "/subjects/none/versions/latest,        404, 40401",
    "/subjects/a-value/versions/7,          404, 40402",
    "/subjects/a-value/versions/zero,       422, 42202",
    "/schemas/ids/99,                       404, 40403",
    "/schemas/ids/abc,                      404, 40403",
    "/config/a-value,                       404, 40408",
    "/associations/resources/-/t?resourceType=topic, 404, 404",
    "/,                                     404, 404",
    "/subjects/,                            404, 404",
    "/subjects/a-value/versions/1/schema,   404, 404",
    "/contexts,                             404, 404",
  })
  void shouldAnswerErrorAsJsonWhenThingIsUnknown(String path, int status, int code) {
    // Given
    client.register("a-value", Schemas.V1);

    // When
    Reply reply = client.get(path);

    // Then
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errorCode()).isEqualTo(code);
    assertThat(reply.json().path("message").asText()).isNotEmpty();
  }

  @Test
  void shouldAnswerNotFoundWhenSchemaIsNotInSubject() {
    // Given
    client.register("a-value", Schemas.V1);

    // When
    Reply reply = client.post("/subjects/a-value", RegistryClient.schemaBody(Schemas.V2));

    // Then
    assertThat(reply.errorCode()).isEqualTo(40403);
    assertThat(client.post("/subjects/no", RegistryClient.schemaBody(Schemas.V1)).errorCode())
        .isEqualTo(40401);
    assertThat(client.delete("/subjects/a-value").errorCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"} | 422 | 42201",
        "{\"schema\":\"not json\"} | 422 | 42201",
        "{\"schema\":\"\"} | 422 | 42201",
        "{} | 422 | 42201",
        "{\"schemaType\":\"JSON\",\"schema\":\"{}\"} | 422 | 42201",
        "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]} | 422 | 42201",
        "[] | 400 | 400",
        "{ | 400 | 400",
      })
  void shouldRefuseWhenBodyHoldsNoAvroSchema(String body, int status, int code) {
    // When
    Reply reply = client.post("/subjects/a-value/versions", body);

    // Then
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errorCode()).isEqualTo(code);
    assertThat(client.get("/subjects").json()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4 << 20})
  void shouldRefuseWhenBodyIsTooLarge(int excess) {
    // Given
    String body = " ".repeat(RegistryHandler.MAX_BODY_BYTES + excess);

    // When
    Reply reply = client.post("/subjects/a-value/versions", body);

    // Then
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.errorCode()).isEqualTo(413);
  }

  @Test
  void shouldRefuseWithConflictWhenSchemaIsIncompatible() {
    // Given
    client.register("a-value", Schemas.V1);

    // When
    Reply reply = client.register("a-value", Schemas.NEEDS_MORE);

    // Then
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.errorCode()).isEqualTo(409);
    assertThat(reply.json().path("message").asText())
        .contains("BACKWARD", "a-value", "READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(client.get("/subjects/a-value/versions").json()).hasToString("[1]");
  }

  @Test
  void shouldKeepLevelWhenClientLowersProtectedSubject() {
    // Given
    client.register(PROTECTED, Schemas.V1);

    // When: what @kafkajs sends after the 404 of GET /config/S
    Reply reply = client.setLevel(PROTECTED, "BACKWARD");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).hasToString("{\"compatibility\":\"FULL_TRANSITIVE\"}");
    assertThat(client.get("/config/" + PROTECTED).errorCode()).isEqualTo(40408);
    assertThat(client.get("/config/" + PROTECTED + "?defaultToGlobal=true").json())
        .hasToString("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
    client.put("/config", "{\"compatibility\":\"NONE\"}");
    assertThat(client.register(PROTECTED, Schemas.EMPTY).status()).isEqualTo(409);
    assertThat(client.register(PROTECTED, Schemas.NEEDS_MORE).status()).isEqualTo(409);
    assertThat(client.register(PROTECTED, Schemas.V2).status()).isEqualTo(200);
  }

  @Test
  void shouldSetLevelWhenSubjectIsNotProtected() {
    // Given
    client.register("a-value", Schemas.V1);

    // When
    Reply reply = client.setLevel("a-value", "none");

    // Then
    assertThat(reply.json()).hasToString("{\"compatibility\":\"NONE\"}");
    assertThat(client.get("/config/a-value").json())
        .hasToString("{\"compatibilityLevel\":\"NONE\"}");
    assertThat(client.get("/config").json()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(client.register("a-value", Schemas.NEEDS_MORE).status()).isEqualTo(200);
    assertThat(client.setLevel("a-value", "SIDEWAYS").errorCode()).isEqualTo(42203);
  }

  @Test
  void shouldTestCompatibilityWithoutRegisteringWhenAsked() {
    // Given
    client.register("a-value", Schemas.V1);
    String path = "/compatibility/subjects/a-value/versions/";

    // When
    Reply yes = client.post(path + "latest", RegistryClient.schemaBody(Schemas.V2));

    // Then
    assertThat(yes.json()).hasToString("{\"is_compatible\":true}");
    assertThat(client.post(path + "1", RegistryClient.schemaBody(Schemas.NEEDS_MORE)).json())
        .hasToString("{\"is_compatible\":false}");
    assertThat(client.post(path + "9", RegistryClient.schemaBody(Schemas.V2)).errorCode())
        .isEqualTo(40402);
    assertThat(client.get("/subjects/a-value/versions").json()).hasToString("[1]");
  }

  @Test
  void shouldTellTypesAndModeWhenAsked() {
    // When
    Reply types = client.get("/schemas/types");

    // Then
    assertThat(types.json()).hasToString("[\"AVRO\"]");
    assertThat(client.get("/mode").json()).hasToString("{\"mode\":\"READWRITE\"}");
    assertThat(client.get("/mode/a-value").json()).hasToString("{\"mode\":\"READWRITE\"}");
  }

  @Test
  void shouldDecodeSubjectWhenPathIsPercentEncoded() {
    // When
    Reply reply = client.register("a%20b+c%2Fd", Schemas.V1);

    // Then
    assertThat(reply.json().path("subject").asText()).isEqualTo("a b+c/d");
  }

  @Test
  void shouldRefuseWhenSubjectIsTooLong() {
    // Given
    String subject = "s".repeat(Registry.MAX_SUBJECT_CHARACTERS + 1);

    // When
    Reply reply = client.register(subject, Schemas.V1);

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void shouldFailWithPortWhenPortIsTaken() {
    // Given
    int port = URI.create(registry.url()).getPort();

    // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> EmbeddedRegistry.inMemory(port, Set.of()))
        .withMessageContaining("port " + port);
  }
}
