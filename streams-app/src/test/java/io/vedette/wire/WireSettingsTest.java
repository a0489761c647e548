package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vedette.core.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/**
 * What settings make of the serdes: subjects that are registered or must be there, and classes of
 * the user.
 */
class WireSettingsTest {

  private static final String TOPIC = "topic";

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireSerdes serdes = new WireSerdes(Map.of(), registry);

  @Test
  void shouldRegisterEverySubjectWhenStarting() {
    // Given
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("requests", "in");
    topics.put("incidents", "out");
    topics.put("deadLetters", "dead");

    // When
    serdes.ensureRegistered(topics);

    // Then
    assertThat(registry.latest("in-value").schema().getName()).isEqualTo("InferenceRequest");
    assertThat(registry.latest("out-value").schema().getName()).isEqualTo("Incident");
    assertThatThrownBy(() -> registry.latest("dead-value"))
        .isInstanceOf(SchemaRegistryException.class);
  }

  @Test
  void shouldNameEverySubjectWhenRegistrationIsOffAndSchemasAreMissing() {
    // Given
    WireSerdes strict = new WireSerdes(Map.of("auto.register.schemas", "false"), registry);

    // When
    var thrown =
        catchThrowable(() -> strict.ensureRegistered(Map.of("requests", "in", "incidents", "out")));

    // Then
    assertThat(thrown).hasMessageContaining("in-value").hasMessageContaining("out-value");
  }

  @Test
  void shouldNameKeyAndValueWhenSerializerClassDoesNotExist() {
    // Given
    WireSerdes wrong = new WireSerdes(Map.of("avro.serializer", "no.such.Class"), registry);

    // When
    var thrown = catchThrowable(wrong::requests);

    // Then
    assertThat(thrown)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("avro.serializer")
        .hasMessageContaining("no.such.Class");
  }

  @Test
  void shouldUseTheNamedSerializerWhenUserBringsOne() {
    // Given
    Map<String, String> settings =
        Map.of("avro.serializer", ForeignSerializer.class.getName(), "foreign.mark", "hello ");
    Exchange exchange = new RandomExchanges(12).next(Exchange.Pairing.REQUEST_ONLY, TOPIC);

    // When
    byte[] bytes =
        new WireSerdes(settings, registry).requests().serializer().serialize(TOPIC, exchange);

    // Then
    assertThat(bytes).asString().isEqualTo("hello InferenceRequest");
  }
}
