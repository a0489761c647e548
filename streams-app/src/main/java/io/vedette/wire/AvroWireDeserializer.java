package io.vedette.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vedette.schemas.Schemas;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated Avro records in registry wire format, written with any schema that resolves to
 * ours. Null passes through; anything else that is not one whole record of a known schema raises
 * {@link SerializationException}, whose text never quotes the record.
 */
public final class AvroWireDeserializer implements Deserializer<SpecificRecord> {

  private static final int MAX_READERS = 1000;

  private final Cache<Integer, Reader> readers =
      Caffeine.newBuilder().maximumSize(MAX_READERS).build();
  private @Nullable SchemaRegistry registry;
  private boolean ownsRegistry;
  private WireConfig config = WireConfig.from(Map.of());

  private record Reader(Schema writer, DatumReader<SpecificRecord> datum) {}

  static {
    AvroTrust.establish();
  }

  /** For Kafka, which calls {@link #configure}. */
  public AvroWireDeserializer() {}

  AvroWireDeserializer(SchemaRegistry registry, WireConfig config) {
    this.registry = registry;
    this.config = config;
  }

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    config = WireConfig.from(settings);
    if (registry == null) {
      registry = RegistryClient.from(settings);
      ownsRegistry = true;
    }
  }

  @Override
  public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] data) {
    if (data == null) {
      return null;
    }
    int id = WireFormat.schemaId(data, config.maxRecordBytes());
    Reader reader = readers.getIfPresent(id);
    if (reader == null) {
      reader = resolve(id);
      readers.put(id, reader);
    }
    return read(reader, data);
  }

  @Override
  public void close() {
    if (ownsRegistry && registry != null) {
      registry.close();
    }
  }

  /** The writer's schema with an id. */
  Schema writer(int id) {
    if (registry == null) {
      throw new SerializationException("deserializer is not configured");
    }
    return registry.byId(id);
  }

  private Reader resolve(int id) {
    Schema writer = writer(id);
    Schema reader;
    try {
      Schema ours = Schemas.of(writer.getFullName());
      reader = SpecificData.get().getSchema(SpecificData.get().getClass(ours));
    } catch (IllegalArgumentException | AvroRuntimeException e) {
      throw new SerializationException("schema " + id + " is not one that Vedette reads");
    }
    SpecificData model = SpecificData.getForSchema(reader);
    return new Reader(writer, new SpecificDatumReader<>(writer, reader, model));
  }

  private static SpecificRecord read(Reader reader, byte[] data) {
    AvroBounds.check(reader.writer(), new ByteReader(data, WireFormat.HEADER_BYTES));
    int length = data.length - WireFormat.HEADER_BYTES;
    try {
      return reader
          .datum()
          .read(
              null,
              DecoderFactory.get().binaryDecoder(data, WireFormat.HEADER_BYTES, length, null));
    } catch (IOException | RuntimeException e) {
      // the cause is left out: its text may quote the record
      throw new SerializationException(
          "record of schema "
              + reader.writer().getFullName()
              + " does not resolve to ours: "
              + e.getClass().getSimpleName());
    }
  }
}
