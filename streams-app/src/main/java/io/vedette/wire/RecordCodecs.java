package io.vedette.wire;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the codec of generated records: the classes that {@code avro.serializer} and {@code
 * avro.deserializer} name, else Confluent's when they are on the class path and no registry was
 * handed in, else ours.
 */
final class RecordCodecs {

  static final String SERIALIZER = "avro.serializer";
  static final String DESERIALIZER = "avro.deserializer";

  private static final String CONFLUENT = "io.confluent.kafka.serializers.KafkaAvro";

  private final Map<String, ?> settings;
  private final @Nullable SchemaRegistry given;
  private @Nullable SchemaRegistry client;

  RecordCodecs(Map<String, ?> settings, @Nullable SchemaRegistry given) {
    this.settings = settings;
    this.given = given;
  }

  /** The registry handed in, else the client of {@code schema.registry.url}. */
  synchronized SchemaRegistry registry() {
    if (given != null) {
      return given;
    }
    SchemaRegistry made = client;
    if (made == null) {
      made = RegistryClient.from(settings);
      client = made;
    }
    return made;
  }

  synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  WireConfig config() {
    return WireConfig.from(settings);
  }

  /** The foreign serializer, null when it is ours. */
  @Nullable Serializer<Object> foreignSerializer() {
    String name = className(SERIALIZER, "Serializer");
    if (name == null || name.equals(AvroWireSerializer.class.getName())) {
      return null;
    }
    @SuppressWarnings("unchecked") // a Kafka serializer of Avro takes any record
    Serializer<Object> made = make(SERIALIZER, name, Serializer.class);
    made.configure(foreignSettings(), false);
    return made;
  }

  /** The foreign deserializer, null when it is ours. */
  @Nullable Deserializer<Object> foreignDeserializer() {
    String name = className(DESERIALIZER, "Deserializer");
    if (name == null || name.equals(AvroWireDeserializer.class.getName())) {
      return null;
    }
    @SuppressWarnings("unchecked") // what it gives is checked by the mapping
    Deserializer<Object> made = make(DESERIALIZER, name, Deserializer.class);
    made.configure(foreignSettings(), false);
    return made;
  }

  AvroWireSerializer ownSerializer() {
    return new AvroWireSerializer(registry(), config());
  }

  private @Nullable String className(String key, String confluentSuffix) {
    String named = WireConfig.text(settings, key);
    if (named != null) {
      return named;
    }
    String confluent = CONFLUENT + confluentSuffix;
    return given == null && present(confluent) ? confluent : null;
  }

  private static boolean present(String name) {
    try {
      Class.forName(name, false, RecordCodecs.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static <T> T make(String key, String name, Class<T> type) {
    try {
      return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      ConfigException refused =
          new ConfigException(key, name, "must name a Kafka " + type.getSimpleName());
      refused.initCause(e);
      throw refused;
    }
  }

  private Map<String, Object> foreignSettings() {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("specific.avro.reader", true);
    all.putIfAbsent("avro.remove.java.properties", true);
    return all;
  }
}
