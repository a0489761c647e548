package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What the codec does with bytes that are not what they should be, and with other versions. */
class AvroWireDeserializerTest {

  private static final String TOPIC = "topic";
  private static final String SECRET = "do-not-quote-me";

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireSerdes serdes = new WireSerdes(Map.of(), registry);

  @Test
  void shouldNameTheByteWhenMagicIsUnknown() {
    // Given
    byte[] bytes = request();
    bytes[0] = 7;

    // When
    Throwable thrown = catchThrowable(() -> read(bytes));

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("magic");
  }

  @Test
  void shouldSayNotFoundWhenIdIsUnknown() {
    // Given
    byte[] bytes = request();
    bytes[4] = 99;

    // When
    Throwable thrown = catchThrowable(() -> read(bytes));

    // Then
    assertThat(thrown).isInstanceOf(SchemaRegistryException.class);
    assertThat(((SchemaRegistryException) thrown).kind())
        .isEqualTo(SchemaRegistryException.Kind.NOT_FOUND);
  }

  @Test
  void shouldCountTheBytesWhenSomeFollowTheRecord() {
    // Given
    byte[] whole = request();
    byte[] bytes = Arrays.copyOf(whole, whole.length + 3);

    // When
    Throwable thrown = catchThrowable(() -> read(bytes));

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("3 bytes");
  }

  @Test
  void shouldNameTheLimitWhenRecordIsOversized() {
    // Given
    WireSerdes tight = new WireSerdes(Map.of("avro.max.record.bytes", "64"), registry);
    byte[] bytes = request();

    // When
    Throwable thrown =
        catchThrowable(() -> tight.requests().deserializer().deserialize(TOPIC, bytes));

    // Then
    assertThat(thrown)
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("avro.max.record.bytes 64");
  }

  @Test
  void shouldNameKeyAndRangeWhenLimitIsNoNumber() {
    // Given
    Map<String, String> settings = Map.of("avro.max.record.bytes", "many");

    // When
    Throwable thrown = catchThrowable(() -> WireConfig.from(settings));

    // Then
    assertThat(thrown)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("avro.max.record.bytes")
        .hasMessageContaining("many")
        .hasMessageContaining("64 to");
  }

  @Test
  void shouldNotAllocateWhenAnArrayClaimsMoreThanThereIs() {
    // Given
    registry.register("topic-value", new Schema.Parser().parse(NULLS));
    ByteBuffer frame = ByteBuffer.allocate(32).put((byte) 0).putInt(1);
    for (int i = 0; i < 9; i++) {
      frame.put((byte) 0xfe); // a count of about 2^61 nulls, which take no bytes at all
    }
    byte[] bytes = frame.put((byte) 0x01).array();

    // When
    Throwable thrown =
        catchThrowable(
            () ->
                AvroBounds.check(registry.byId(1), new ByteReader(bytes, WireFormat.HEADER_BYTES)));

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("items");
  }

  @Test
  void shouldNotQuoteThePayloadWhenRecordIsDamaged() {
    // Given
    byte[] bytes = request();

    for (int at = WireFormat.HEADER_BYTES; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;

      // When
      Throwable thrown = catchThrowable(() -> read(damaged));

      // Then
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(SerializationException.class);
        assertThat(thrown.getMessage()).doesNotContain(SECRET.substring(3, 12));
        assertThat(thrown.getCause()).isNull();
      }
    }
  }

  @Test
  void shouldUseDefaultsWhenWriterIsOlder() throws IOException {
    // Given
    Schema older = without(Schemas.of(InferenceRequest.class.getName()), "subjectId");
    int id = registry.register("topic-value", older);

    // When
    Exchange read = read(minimal(older, id));

    // Then
    assertThat(read.requestId()).isEqualTo("r");
    assertThat(read.subjectId()).isNull();
    assertThat(read.pairing()).isEqualTo(Exchange.Pairing.REQUEST_ONLY);
    assertThat(read.input()).isEqualTo(Payload.NONE);
  }

  @Test
  void shouldIgnoreNewFieldsAndSymbolsWhenWriterIsNewer() throws IOException {
    // Given
    String text = Schemas.of(InferenceRequest.class.getName()).toString();
    Schema newer =
        new Schema.Parser()
            .parse(
                text.replace("\"VERTEX\"", "\"VERTEX\",\"MODELMESH\"")
                    .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"brandNew\",\"type\":\"string\",\"default\":\"x\"},"));
    int id = registry.register("topic-value", newer);

    // When
    Exchange read = read(minimal(newer, id));

    // Then
    assertThat(read.requestId()).isEqualTo("r");
    assertThat(read.caller().key()).isEqualTo("|ip:192.0.2.1");
  }

  @Test
  void shouldWriteTheNewestVersionWhenToldTo() {
    // Given
    Schema newer = withExtra(Schemas.of(InferenceRequest.class.getName()));
    int id = registry.register("topic-value", newer);
    WireSerdes latest =
        new WireSerdes(
            Map.of("auto.register.schemas", "false", "use.latest.version", "true"), registry);
    Exchange exchange = new RandomExchanges(3).next(Exchange.Pairing.REQUEST_ONLY, TOPIC);

    // When
    byte[] bytes = latest.requests().serializer().serialize(TOPIC, exchange);

    // Then
    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
    assertThat(ExchangeText.of(read(bytes))).isEqualTo(ExchangeText.of(exchange));
  }

  @Test
  void shouldRefuseWhenSchemaIsNotOurs() {
    // Given
    int id = registry.register("topic-value", new Schema.Parser().parse(NULLS));
    byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(id).array();

    // When
    Throwable thrown = catchThrowable(() -> read(bytes));

    // Then
    assertThat(thrown).isInstanceOf(SerializationException.class).hasMessageContaining("schema");
  }

  private static final String NULLS =
      "{\"type\":\"record\",\"name\":\"Foreign\",\"fields\":["
          + "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}";

  private byte[] request() {
    Exchange any = new RandomExchanges(2).next(Exchange.Pairing.REQUEST_ONLY, TOPIC);
    Exchange secret =
        new Exchange(
            any.requestId(),
            any.caller(),
            any.model(),
            any.timeMicros(),
            new Payload.Text(List.of(new Payload.Message("user", SECRET))),
            List.of(),
            null,
            null,
            0,
            -1,
            0,
            0,
            null,
            null,
            null,
            Map.of(),
            Map.of(),
            Exchange.Pairing.REQUEST_ONLY,
            any.origin());
    return serdes.requests().serializer().serialize(TOPIC, secret);
  }

  private Exchange read(byte[] bytes) {
    return serdes.requests().deserializer().deserialize(TOPIC, bytes);
  }

  private static byte[] minimal(Schema schema, int id) throws IOException {
    GenericData.Record record = new GenericData.Record(schema);
    GenericData data = GenericData.get();
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.name(), data.getDefaultValue(field));
      }
    }
    record.put("eventId", "e");
    record.put("requestId", "r");
    record.put("eventTime", 5L);
    GenericData.Record caller = defaults(schema.getField("caller").schema());
    caller.put("clientIp", "192.0.2.1");
    record.put("caller", caller);
    GenericData.Record model = defaults(schema.getField("model").schema());
    model.put("name", "m");
    record.put("model", model);
    record.put("payload", defaults(schema.getField("payload").schema()));
    Schema source = schema.getField("source").schema();
    List<String> symbols = source.getEnumSymbols();
    record.put("source", new GenericData.EnumSymbol(source, symbols.get(symbols.size() - 1)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericData.Record defaults(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.name(), GenericData.get().getDefaultValue(field));
      }
    }
    return record;
  }

  private static Schema without(Schema schema, String name) {
    List<Schema.Field> fields =
        schema.getFields().stream()
            .filter(field -> !field.name().equals(name))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static Schema withExtra(Schema schema) {
    String text = schema.toString();
    String extra = ",{\"name\":\"extra\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    return new Schema.Parser().parse(text.substring(0, text.lastIndexOf("]}")) + extra);
  }
}
