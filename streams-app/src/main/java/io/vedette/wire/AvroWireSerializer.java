package io.vedette.wire;

import io.vedette.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro records in registry wire format, subject {@code <topic>-value}. Null passes
 * through.
 */
public final class AvroWireSerializer implements Serializer<SpecificRecord> {

  /** No schema id: another schema than ours is to be written. */
  static final int FOREIGN = -1;

  private static final int INITIAL_BYTES = 512;
  private static final EncoderFactory ENCODERS =
      new EncoderFactory().configureBufferSize(INITIAL_BYTES);

  private final Map<Target, Writer> writers = new ConcurrentHashMap<>();
  private @Nullable SchemaRegistry registry;
  private boolean ownsRegistry;
  private WireConfig config = WireConfig.from(Map.of());

  /** What is written where. */
  private record Target(String topic, Schema schema) {}

  /**
   * How it is written.
   *
   * @param id schema id of the header
   * @param own our schema, with Java's properties
   * @param datum writes with our schema
   * @param latest the subject's newest schema, null when it is ours
   */
  private record Writer(
      int id, Schema own, DatumWriter<SpecificRecord> datum, @Nullable Schema latest) {

    Writer(int id, Schema own, @Nullable Schema latest) {
      this(id, own, new SpecificDatumWriter<>(own), latest);
    }
  }

  static {
    AvroTrust.establish();
  }

  /** For Kafka, which calls {@link #configure}. */
  public AvroWireSerializer() {}

  AvroWireSerializer(SchemaRegistry registry, WireConfig config) {
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
  public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord data) {
    if (data == null) {
      return null;
    }
    Target target = new Target(topic, data.getSchema());
    try {
      return encode(writer(target), data);
    } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
      // the cause is left out: its text may quote the record
      throw new SerializationException(
          "record does not fit its schema " + target.schema().getFullName());
    }
  }

  @Override
  public void close() {
    if (ownsRegistry && registry != null) {
      registry.close();
    }
  }

  /**
   * The id with which records of our schema are written to a topic, {@link #FOREIGN} when they are
   * to be written with another schema.
   */
  int ownSchemaId(String topic, Schema schema) {
    Writer writer = writer(new Target(topic, schema));
    return writer.latest() == null ? writer.id() : FOREIGN;
  }

  /** Refuses records that are larger than the settings allow. */
  void checkSize(int bytes) {
    if (bytes > config.maxRecordBytes()) {
      throw new SerializationException(
          "record of " + bytes + " bytes exceeds avro.max.record.bytes " + config.maxRecordBytes());
    }
  }

  private Writer writer(Target target) {
    Writer writer = writers.get(target);
    if (writer == null) {
      writer = resolve(target);
      writers.put(target, writer);
    }
    return writer;
  }

  private Writer resolve(Target target) {
    SchemaRegistry source = registry;
    if (source == null) {
      throw new SerializationException("serializer is not configured");
    }
    String subject = WireFormat.subject(target.topic());
    Schema schema = Schemas.portable(target.schema());
    if (config.autoRegister()) {
      return new Writer(source.register(subject, schema), target.schema(), null);
    }
    if (config.useLatest()) {
      SchemaRegistry.Registered latest = source.latest(subject);
      boolean ours =
          SchemaNormalization.toParsingForm(latest.schema())
              .equals(SchemaNormalization.toParsingForm(schema));
      return new Writer(latest.id(), target.schema(), ours ? null : latest.schema());
    }
    return new Writer(source.lookUp(subject, schema), target.schema(), null);
  }

  private byte[] encode(Writer writer, SpecificRecord data) throws IOException {
    Frame frame = new Frame(writer.id());
    Schema latest = writer.latest();
    if (latest == null) {
      frame.write(writer.datum(), data);
    } else {
      frame.write(new GenericDatumWriter<>(latest), resolved(writer, latest, data));
    }
    byte[] bytes = frame.toByteArray();
    checkSize(bytes.length);
    return bytes;
  }

  private static GenericRecord resolved(Writer writer, Schema latest, SpecificRecord data)
      throws IOException {
    Frame plain = new Frame(0);
    plain.write(writer.datum(), data);
    byte[] bytes = plain.toByteArray();
    int length = bytes.length - WireFormat.HEADER_BYTES;
    return new GenericDatumReader<GenericRecord>(writer.own(), latest)
        .read(
            null, DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, null));
  }

  /** A buffer that starts with the header. */
  private static final class Frame extends ByteArrayOutputStream {

    Frame(int id) {
      super(INITIAL_BYTES);
      byte[] header = ByteBuffer.allocate(WireFormat.HEADER_BYTES).putInt(1, id).array();
      write(header, 0, header.length);
    }

    <T> void write(DatumWriter<T> writer, T datum) throws IOException {
      BinaryEncoder encoder = ENCODERS.binaryEncoder(this, null);
      writer.write(datum, encoder);
      encoder.flush();
    }
  }
}
