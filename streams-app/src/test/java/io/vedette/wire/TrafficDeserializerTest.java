package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.inference.v1.InferenceExchange;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.inference.v1.InferenceResponse;
import io.vedette.schemas.Schemas;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The positional decoder against Avro's own, on whole and on damaged records. */
class TrafficDeserializerTest {

  private static final String TOPIC = "topic";
  private static final String REJECTED = "rejected";
  private static final int RECORDS = 3000;
  private static final int DAMAGED = 20_000;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireConfig config = WireConfig.from(Map.of());

  @ParameterizedTest
  @ValueSource(classes = {InferenceRequest.class, InferenceResponse.class, InferenceExchange.class})
  void shouldAgreeWithAvroWhenRecordsAreRandom(Class<? extends SpecificRecord> type) {
    // Given
    Schema schema = register(type);
    RandomRecords random = new RandomRecords(31);
    Deserializer<Exchange> positional = new TrafficDeserializer<>(type, registry, config);
    Deserializer<Exchange> resolving = resolving(type);
    int read = 0;

    for (int i = 0; i < RECORDS; i++) {
      byte[] data = random.framed(schema);

      // When
      String outcome = outcome(positional, data);

      // Then
      assertThat(outcome).as("record %d", i).isEqualTo(outcome(resolving, data));
      read += outcome.equals(REJECTED) ? 0 : 1;
    }
    assertThat(read).as("records that are not rejected").isGreaterThan(RECORDS / 3);
  }

  @ParameterizedTest
  @ValueSource(classes = {InferenceRequest.class, InferenceResponse.class, InferenceExchange.class})
  void shouldRejectOrAgreeWithAvroWhenBytesAreDamaged(Class<? extends SpecificRecord> type) {
    // Given
    Schema schema = register(type);
    RandomRecords random = new RandomRecords(32);
    SplittableRandom damage = new SplittableRandom(33);
    Deserializer<Exchange> positional = new TrafficDeserializer<>(type, registry, config);
    Deserializer<Exchange> resolving = resolving(type);
    byte[] whole = random.framed(schema);
    int read = 0;

    for (int i = 0; i < DAMAGED; i++) {
      if (i % 100 == 0) {
        whole = random.framed(schema);
      }
      byte[] data = damaged(whole, damage);

      // When
      String outcome = outcome(positional, data);

      // Then
      assertThat(outcome).as("damage %d", i).isEqualTo(outcome(resolving, data));
      read += outcome.equals(REJECTED) ? 0 : 1;
    }
    assertThat(read).as("damaged records that are still read").isBetween(100, DAMAGED - 100);
  }

  @ParameterizedTest
  @ValueSource(classes = {InferenceRequest.class, InferenceResponse.class, InferenceExchange.class})
  void shouldRejectEveryPrefixWhenTruncated(Class<? extends SpecificRecord> type) {
    // Given
    Schema schema = register(type);
    byte[] whole = new RandomRecords(34).framed(schema);
    Deserializer<Exchange> positional = new TrafficDeserializer<>(type, registry, config);

    for (int length = 0; length < whole.length; length++) {
      byte[] prefix = Arrays.copyOf(whole, length);

      // When
      String outcome = outcome(positional, prefix);

      // Then
      assertThat(outcome).as("prefix of %d bytes", length).isEqualTo(REJECTED);
    }
  }

  private Schema register(Class<?> type) {
    Schema schema = Schemas.of(type.getName());
    assertThat(registry.register("topic-value", schema)).isEqualTo(1);
    return schema;
  }

  private <R extends SpecificRecord> Deserializer<Exchange> resolving(Class<R> type) {
    return new MappedDeserializer<>(
        type,
        (topic, record) -> ExchangeAssembly.exchange(RecordParts.of(record), topic),
        new AvroWireDeserializer(registry, config));
  }

  /** Anything but a SerializationException fails the test. */
  private static String outcome(Deserializer<Exchange> deserializer, byte[] data) {
    try {
      return ExchangeText.of(deserializer.deserialize(TOPIC, data));
    } catch (SerializationException e) {
      return REJECTED;
    }
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] data = whole.clone();
    for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
      int at = WireFormat.HEADER_BYTES + random.nextInt(data.length - WireFormat.HEADER_BYTES);
      switch (random.nextInt(4)) {
        case 0 -> data[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> data[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(data, at, Math.min(data.length, at + 5), (byte) 0xff);
        default -> {
          int gap = random.nextInt(4);
          byte[] moved = Arrays.copyOf(data, data.length + gap);
          System.arraycopy(data, at, moved, at + gap, data.length - at);
          data = moved;
        }
      }
    }
    return data;
  }
}
