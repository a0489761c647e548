package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Exchange;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficSerializerTest {

  private static final String TOPIC = "topic";
  private static final int EXCHANGES = 3_000;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AvroWireSerializer records =
      new AvroWireSerializer(registry, WireConfig.from(Map.of()));

  @ParameterizedTest
  @EnumSource(Exchange.Pairing.class)
  void shouldWriteTheBytesOfAvroWhenAnyExchange(Exchange.Pairing pairing) {
    // Given
    RandomExchanges random = new RandomExchanges(21);
    Serializer<Exchange> serializer = new WireSerdes(Map.of(), registry).exchanges().serializer();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(pairing, TOPIC);

      // When
      byte[] bytes = serializer.serialize(TOPIC, exchange);

      // Then
      assertThat(bytes).isEqualTo(records.serialize(TOPIC, TrafficRecords.exchange(exchange)));
    }
  }

  @Test
  void shouldWriteTheBytesOfAvroWhenAnyRequestOrResponse() {
    // Given
    RandomExchanges random = new RandomExchanges(22);
    WireSerdes serdes = new WireSerdes(Map.of(), registry);
    Serializer<Exchange> requests = serdes.requests().serializer();
    Serializer<Exchange> responses = serdes.responses().serializer();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(Exchange.Pairing.PAIRED, TOPIC);

      // When
      byte[] request = requests.serialize("requests", exchange);
      byte[] response = responses.serialize("responses", exchange);

      // Then
      assertThat(request)
          .isEqualTo(records.serialize("requests", TrafficRecords.request(exchange)));
      assertThat(response)
          .isEqualTo(records.serialize("responses", TrafficRecords.response(exchange)));
    }
  }

  @Test
  void shouldRefuseWhenLargerThanAllowed() {
    // Given
    WireSerdes serdes = new WireSerdes(Map.of("avro.max.record.bytes", "64"), registry);
    Exchange exchange = new RandomExchanges(23).next(Exchange.Pairing.PAIRED, TOPIC);
    Serializer<Exchange> serializer = serdes.exchanges().serializer();

    // When
    var refused = assertThatThrownBy(() -> serializer.serialize(TOPIC, exchange));

    // Then
    refused
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("avro.max.record.bytes 64");
  }
}
