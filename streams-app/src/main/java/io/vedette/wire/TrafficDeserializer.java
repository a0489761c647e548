package io.vedette.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vedette.core.Exchange;
import io.vedette.schemas.Schemas;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads traffic: by position when the writer's schema is the one that this version was built with,
 * by Avro's resolving decoder for every other schema id.
 */
final class TrafficDeserializer<R extends SpecificRecord> implements Deserializer<Exchange> {

  private static final int MAX_IDS = 1000;

  private final String schemaName;
  private final String canonicalForm;
  private final AvroWireDeserializer records;
  private final MappedDeserializer<R, Exchange> resolving;
  private final int maxRecordBytes;
  private final PositionalExchangeDecoder positional = new PositionalExchangeDecoder();
  private final Cache<Integer, Boolean> current =
      Caffeine.newBuilder().maximumSize(MAX_IDS).build();
  private int lastCurrentId = -1; // a hint; threads may see an older one

  TrafficDeserializer(Class<R> type, SchemaRegistry registry, WireConfig config) {
    Schema schema = Schemas.of(type.getName());
    this.schemaName = schema.getName();
    this.canonicalForm = SchemaNormalization.toParsingForm(schema);
    this.maxRecordBytes = config.maxRecordBytes();
    this.records = new AvroWireDeserializer(registry, config);
    this.resolving =
        new MappedDeserializer<>(
            type,
            (topic, record) -> ExchangeAssembly.exchange(RecordParts.of(record), topic),
            records);
  }

  @Override
  public @Nullable Exchange deserialize(String topic, byte @Nullable [] data) {
    if (data == null) {
      return null;
    }
    int id = WireFormat.schemaId(data, maxRecordBytes);
    if (!isCurrent(id)) {
      return resolving.deserialize(topic, data);
    }
    ByteReader in = new ByteReader(data, WireFormat.HEADER_BYTES);
    CallParts parts = walk(in);
    in.expectEnd();
    return ExchangeAssembly.exchange(parts, topic);
  }

  @Override
  public void close() {
    resolving.close();
  }

  private CallParts walk(ByteReader in) {
    if (schemaName.equals("InferenceExchange")) {
      return positional.exchange(in);
    }
    CallParts parts = new CallParts();
    if (schemaName.equals("InferenceRequest")) {
      parts.request = positional.request(in);
    } else {
      parts.response = positional.response(in);
    }
    return parts;
  }

  private boolean isCurrent(int id) {
    if (id == lastCurrentId) {
      return true;
    }
    Boolean known = current.getIfPresent(id);
    if (known == null) {
      known = SchemaNormalization.toParsingForm(records.writer(id)).equals(canonicalForm);
      current.put(id, known);
    }
    if (known) {
      lastCurrentId = id;
    }
    return known;
  }
}
