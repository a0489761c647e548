package io.vedette.wire;

import io.vedette.control.v1.ModelPolicy;
import io.vedette.core.Action;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Policy;
import io.vedette.core.Verdict;
import io.vedette.inference.v1.InferenceExchange;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.inference.v1.InferenceResponse;
import io.vedette.schemas.Schemas;
import io.vedette.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The serdes of Vedette's topics, in core's words. All of them share one registry client, and
 * threads may share a serde, as Kafka Streams does with those of a topology. Exchanges read from
 * bytes have the origin (topic, -1, -1): the caller knows the coordinates, the bytes do not.
 */
public final class WireSerdes implements AutoCloseable {

  private final RecordCodecs codecs;

  static {
    AvroTrust.establish();
  }

  /**
   * Serdes that talk to the registry of the settings.
   *
   * @param settings {@code schema.registry.*} and the other keys of Confluent's serializers, {@code
   *     avro.serializer}, {@code avro.deserializer}, {@code avro.max.record.bytes}
   */
  public WireSerdes(Map<String, ?> settings) {
    this.codecs = new RecordCodecs(Map.copyOf(settings), null);
  }

  /** Serdes that use a given registry, which the caller closes. */
  public WireSerdes(Map<String, ?> settings, SchemaRegistry registry) {
    this.codecs = new RecordCodecs(Map.copyOf(settings), registry);
  }

  /** Requests; read with pairing REQUEST_ONLY, written without the response half. */
  public Serde<Exchange> requests() {
    return traffic(
        InferenceRequest.class, TrafficRecords::request, PositionalExchangeEncoder::request);
  }

  /** Responses; read with pairing RESPONSE_ONLY, written without the request half. */
  public Serde<Exchange> responses() {
    return traffic(
        InferenceResponse.class, TrafficRecords::response, PositionalExchangeEncoder::response);
  }

  /** Whole exchanges, of any pairing. */
  public Serde<Exchange> exchanges() {
    return traffic(
        InferenceExchange.class, TrafficRecords::exchange, PositionalExchangeEncoder::exchange);
  }

  /**
   * Whole exchanges for state stores: keeps the origin and asks no registry, so that a changelog
   * needs no subject.
   */
  public Serde<Exchange> storedExchanges() {
    return StoredExchanges.serde();
  }

  /** Findings. */
  public Serde<Finding> findings() {
    return mapped(
        io.vedette.alert.v1.Finding.class,
        AlertRecords::finding,
        (topic, record) -> AlertRecords.finding(record));
  }

  /** Incidents. */
  public Serde<Incident> incidents() {
    return mapped(
        io.vedette.alert.v1.Incident.class,
        AlertRecords::incident,
        (topic, record) -> AlertRecords.incident(record));
  }

  /** Analysts' verdicts. */
  public Serde<Verdict> verdicts() {
    return mapped(
        io.vedette.control.v1.Verdict.class,
        ControlRecords::verdict,
        (topic, record) -> ControlRecords.verdict(record));
  }

  /** What is said of models; only what incidents follow from is kept of it. */
  public Serde<Policy> policies() {
    return mapped(
        ModelPolicy.class,
        ControlRecords::policy,
        (topic, record) -> ControlRecords.policy(record));
  }

  /** Advice to gateways. */
  public Serde<Action> actions() {
    return mapped(
        io.vedette.control.v1.Action.class,
        ControlRecords::action,
        (topic, record) -> ControlRecords.action(record));
  }

  /** Baselines. */
  public Serde<BaselineRecord> baselines() {
    return mapped(
        io.vedette.control.v1.Baseline.class,
        BaselineRecords::baseline,
        (topic, record) -> BaselineRecords.baseline(record));
  }

  /** Generated records as they are, for topics that core has no word for. */
  public <R extends SpecificRecord> Serde<R> records(Class<R> type) {
    return mapped(type, Function.identity(), (topic, record) -> record);
  }

  /**
   * Makes sure that the registry knows what Vedette writes: registers every schema, or with {@code
   * auto.register.schemas=false} checks that it is there.
   *
   * @param topics topic name by role of {@link TopicCatalogue}; roles without a schema are left out
   * @throws SerializationException naming every subject that fails
   */
  public void ensureRegistered(Map<String, String> topics) {
    SchemaRegistry registry = codecs.registry();
    WireConfig config = codecs.config();
    List<String> failed = new ArrayList<>();
    topics.forEach(
        (role, topic) ->
            TopicCatalogue.topic(role)
                .schema()
                .map(name -> ensure(registry, config, WireFormat.subject(topic), name))
                .filter(problem -> !problem.isEmpty())
                .ifPresent(failed::add));
    if (!failed.isEmpty()) {
      throw new SerializationException("schemas are not ready: " + String.join("; ", failed));
    }
  }

  @Override
  public void close() {
    codecs.close();
  }

  private static String ensure(
      SchemaRegistry registry, WireConfig config, String subject, String schema) {
    try {
      if (config.autoRegister()) {
        registry.register(subject, Schemas.of(schema));
      } else if (config.useLatest()) {
        registry.latest(subject);
      } else {
        registry.lookUp(subject, Schemas.of(schema));
      }
      return "";
    } catch (SchemaRegistryException e) {
      return subject + ": " + e.getMessage();
    }
  }

  private <R extends SpecificRecord> Serde<Exchange> traffic(
      Class<R> type, Function<Exchange, R> toRecord, BiConsumer<Exchange, AvroOutput> positional) {
    Deserializer<Object> foreign = codecs.foreignDeserializer();
    if (foreign == null) {
      return Serdes.serdeFrom(
          serializer(type, toRecord, positional),
          new TrafficDeserializer<>(type, codecs.registry(), codecs.config()));
    }
    return Serdes.serdeFrom(
        serializer(type, toRecord, positional),
        new MappedDeserializer<>(
            type,
            (topic, record) -> ExchangeAssembly.exchange(RecordParts.of(record), topic),
            foreign));
  }

  private <R extends SpecificRecord> Serializer<Exchange> serializer(
      Class<R> type, Function<Exchange, R> toRecord, BiConsumer<Exchange, AvroOutput> positional) {
    @Nullable Serializer<Object> foreign = codecs.foreignSerializer();
    return foreign != null
        ? new MappedSerializer<>(toRecord, foreign)
        : new TrafficSerializer(
            SpecificData.get().getSchema(type), positional, toRecord, codecs.ownSerializer());
  }

  private <R extends SpecificRecord, T> Serde<T> mapped(
      Class<R> type, Function<T, R> toRecord, BiFunction<String, R, T> fromRecord) {
    Deserializer<Object> foreign = codecs.foreignDeserializer();
    Deserializer<?> records =
        foreign != null ? foreign : new AvroWireDeserializer(codecs.registry(), codecs.config());
    return Serdes.serdeFrom(
        serializer(toRecord), new MappedDeserializer<>(type, fromRecord, records));
  }

  private <R extends SpecificRecord, T> Serializer<T> serializer(Function<T, R> toRecord) {
    @Nullable Serializer<Object> foreign = codecs.foreignSerializer();
    return foreign != null
        ? new MappedSerializer<>(toRecord, foreign)
        : new MappedSerializer<>(toRecord, codecs.ownSerializer());
  }

  /**
   * True for an exchange that reading what was written would give back as it is, up to pairing and
   * origin; false when that is not sure.
   */
  public static boolean plain(Exchange exchange) {
    return PlainExchanges.plain(exchange);
  }
}
