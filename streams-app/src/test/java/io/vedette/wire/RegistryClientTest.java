package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vedette.wire.SchemaRegistryException.Kind;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry client against a registry on the loopback address. */
class RegistryClientTest {

  private static final Schema STRING = Schema.create(Schema.Type.STRING);

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldAskOnceWhenTheSameSchemaIsRegisteredAgain() {
    // Given
    registry.answer(
        "POST /subjects/a%20b-value/versions?normalize=true", FakeRegistry.ok("{\"id\":7}"));
    RegistryClient client = client(Map.of("normalize.schemas", "true"));
    client.register("a b-value", STRING);

    // When
    int id = client.register("a b-value", STRING);

    // Then
    assertThat(id).isEqualTo(7);
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void shouldPostToTheSubjectWhenLookingUp() {
    // Given
    registry.answer(
        "POST /subjects/s?normalize=false&deleted=false", FakeRegistry.ok("{\"id\":9}"));

    // When
    int id = client(Map.of()).lookUp("s", STRING);

    // Then
    assertThat(id).isEqualTo(9);
  }

  @Test
  void shouldKeepTheSchemaWhenAskedById() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    RegistryClient client = client(Map.of());
    client.byId(3);

    // When
    Schema schema = client.byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void shouldRememberWhenIdIsUnknown() {
    // Given
    registry.answer(
        "GET /schemas/ids/3",
        new FakeRegistry.Answer(404, "{\"error_code\":40403,\"message\":\"x\"}"));
    RegistryClient client = client(Map.of());
    catchThrowable(() -> client.byId(3));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(thrown).isInstanceOf(SchemaRegistryException.class);
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void shouldGiveIdAndSchemaWhenAskedForTheLatest() {
    // Given
    registry.answer(
        "GET /subjects/s/versions/latest",
        FakeRegistry.ok(
            "{\"subject\":\"s\",\"version\":2,\"id\":5,\"schema\":\"\\\"string\\\"\"}"));

    // When
    SchemaRegistry.Registered latest = client(Map.of()).latest("s");

    // Then
    assertThat(latest).isEqualTo(new SchemaRegistry.Registered(5, STRING));
  }

  @Test
  void shouldGoToTheNextUrlWhenOneFails() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));
    Map<String, String> settings = registry.settings(Map.of());
    settings.put("schema.registry.url", "http://127.0.0.1:1," + registry.url() + "/");

    // When
    Schema schema = RegistryClient.from(settings).byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
  }

  @Test
  void shouldTryAgainABoundedNumberOfTimesWhenServerFails() {
    // Given
    registry.answer("GET /schemas/ids/3", new FakeRegistry.Answer(503, "busy"));
    RegistryClient client = client(Map.of("max.retries", "2"));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(registry.calls()).hasSize(3);
  }

  @Test
  void shouldNotTryAgainWhenRefused() {
    // Given
    registry.answer(
        "POST /subjects/s/versions?normalize=false",
        new FakeRegistry.Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.register("s", STRING));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
    assertThat(thrown).hasMessageContaining("409");
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void shouldRefuseWhenSchemaDoesNotParse() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"{\\\"type\\\":\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldRefuseWhenSchemaIsNestedWithoutEnd() {
    // Given
    String deep = "[".repeat(300_000);
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"" + deep + "\"}"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldNotBlameTheRecordWhenAccessIsDenied() {
    // Given
    registry.answer("GET /schemas/ids/3", new FakeRegistry.Answer(401, "{\"error_code\":40101}"));
    RegistryClient client = client(Map.of());
    catchThrowable(() -> client.byId(3));
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("{\"schema\":\"\\\"string\\\"\"}"));

    // When
    Schema schema = client.byId(3);

    // Then
    assertThat(schema).isEqualTo(STRING);
  }

  @Test
  void shouldNotBlameTheRecordWhenUrlLeadsElsewhere() {
    // Given
    registry.answer("GET /schemas/ids/3", new FakeRegistry.Answer(404, "<html/>"));
    RegistryClient client = client(Map.of());

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(((SchemaRegistryException) thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void shouldGiveUpWhenAnswerIsTooLong() {
    // Given
    registry.answer("GET /schemas/ids/3", FakeRegistry.ok("x".repeat(5 << 20)));
    RegistryClient client = client(Map.of("max.retries", "0"));

    // When
    Throwable thrown = catchThrowable(() -> client.byId(3));

    // Then
    assertThat(thrown).isInstanceOf(SchemaRegistryException.class).hasMessageContaining("exceeds");
  }

  private RegistryClient client(Map<String, String> more) {
    return RegistryClient.from(registry.settings(more));
  }
}
