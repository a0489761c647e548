package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Exchange;
import io.vedette.inference.v1.InferenceRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The serdes of traffic: requests, responses and exchanges, as they arrive and as they are stored.
 */
class WireTrafficTest {

  private static final String TOPIC = "topic";
  private static final int EXCHANGES = 400;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireSerdes serdes = new WireSerdes(Map.of(), registry);

  @ParameterizedTest
  @EnumSource(Exchange.Pairing.class)
  void shouldGiveTheSameExchangeBackWhenOfAnyPairing(Exchange.Pairing pairing) {
    // Given
    RandomExchanges random = new RandomExchanges(7);
    Serde<Exchange> serde = serdes.exchanges();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(pairing, TOPIC);

      // When
      Exchange read = roundTrip(serde, exchange);

      // Then
      assertThat(ExchangeText.of(read)).isEqualTo(ExchangeText.of(exchange));
    }
  }

  @Test
  void shouldGiveTheSameRequestBackWhenRequestTopic() {
    // Given
    RandomExchanges random = new RandomExchanges(8);
    Serde<Exchange> serde = serdes.requests();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(Exchange.Pairing.REQUEST_ONLY, TOPIC);

      // When
      Exchange read = roundTrip(serde, exchange);

      // Then
      assertThat(ExchangeText.of(read)).isEqualTo(ExchangeText.of(exchange));
    }
  }

  @Test
  void shouldGiveTheSameResponseBackWhenResponseTopic() {
    // Given
    RandomExchanges random = new RandomExchanges(9);
    Serde<Exchange> serde = serdes.responses();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(Exchange.Pairing.RESPONSE_ONLY, TOPIC);

      // When
      Exchange read = roundTrip(serde, exchange);

      // Then
      assertThat(ExchangeText.of(read)).isEqualTo(ExchangeText.of(exchange));
    }
  }

  @Test
  void shouldNotMixExchangesWhenThreadsShareASerde() {
    // Given
    Serde<Exchange> serde = serdes.exchanges();
    RandomExchanges random = new RandomExchanges(14);
    List<Exchange> exchanges =
        Stream.generate(() -> random.next(Exchange.Pairing.PAIRED, TOPIC)).limit(4000).toList();

    // When
    List<String> read =
        exchanges.parallelStream().map(e -> ExchangeText.of(roundTrip(serde, e))).toList();

    // Then
    assertThat(read).isEqualTo(exchanges.stream().map(ExchangeText::of).toList());
  }

  @Test
  void shouldWriteTheSameBytesWhenSameExchange() {
    // Given
    Exchange exchange = new RandomExchanges(10).next(Exchange.Pairing.PAIRED, TOPIC);

    // When
    byte[] first = serdes.exchanges().serializer().serialize(TOPIC, exchange);

    // Then
    assertThat(serdes.exchanges().serializer().serialize(TOPIC, exchange)).isEqualTo(first);
  }

  @Test
  void shouldKeepTheOriginAndAskNoRegistryWhenStored() {
    // Given
    RandomExchanges random = new RandomExchanges(13);
    Serde<Exchange> serde = serdes.storedExchanges();

    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = random.next(Exchange.Pairing.PAIRED, "where/it/came/from");

      // When
      Exchange read = roundTrip(serde, exchange);

      // Then
      assertThat(ExchangeText.of(read)).isEqualTo(ExchangeText.of(exchange));
    }
    assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(SchemaRegistryException.class);
  }

  @Test
  void shouldKeepThePairingScopeWhenReadAndStored() {
    // Given
    Exchange half = new RandomExchanges(14).next(Exchange.Pairing.REQUEST_ONLY, TOPIC);
    InferenceRequest record = TrafficRecords.request(half);
    record.setPairingScope("gateway-7");
    byte[] bytes = serdes.records(InferenceRequest.class).serializer().serialize(TOPIC, record);

    // When
    Exchange read = serdes.requests().deserializer().deserialize(TOPIC, bytes);

    // Then
    assertThat(read.pairingScope()).isEqualTo("gateway-7");
    assertThat(roundTrip(serdes.storedExchanges(), read).pairingScope()).isEqualTo("gateway-7");
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    byte[] bytes = serde.serializer().serialize(TOPIC, value);
    return serde.deserializer().deserialize(TOPIC, bytes);
  }
}
