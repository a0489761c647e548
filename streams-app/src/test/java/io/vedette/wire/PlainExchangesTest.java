package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class PlainExchangesTest {

  private static final String TOPIC = "topic";

  private final Serde<Exchange> serde =
      new WireSerdes(Map.of(), new InMemoryRegistry()).exchanges();

  @Test
  void shouldComeBackAsTheyAreWhenPlain() {
    // Given
    RandomExchanges random = new RandomExchanges(31);
    int plain = 0;

    for (int i = 0; i < 4000; i++) {
      Exchange exchange =
          random.next(i % 2 == 0 ? Exchange.Pairing.SINGLE_EVENT : Exchange.Pairing.PAIRED, TOPIC);
      if (!PlainExchanges.plain(exchange)) {
        continue;
      }
      plain++;

      // When
      Exchange read = roundTrip(exchange);

      // Then
      assertThat(ExchangeText.of(read)).isEqualTo(ExchangeText.of(exchange));
    }
    assertThat(plain).isBetween(400, 3600);
  }

  @Test
  void shouldBePlainWhenOrdinaryTraffic() {
    // Given
    Site site = World.FRAUD.build();
    Scenario traffic =
        Scenario.of(5)
            .add(
                Participant.benign(
                    BenignKind.WHAT_IF,
                    new CallerId("acme", "one"),
                    site,
                    60,
                    Scenario.START,
                    Scenario.START.plus(Duration.ofHours(2))))
            .build();

    // When, Then
    assertThat(traffic.iterator()).toIterable().isNotEmpty().allMatch(PlainExchanges::plain);
  }

  @Test
  void shouldNotBePlainWhenTheWireChangesIt() {
    // Given
    Exchange good = plainOne();

    // When, Then
    assertThat(PlainExchanges.plain(with(good, "r".repeat(257), good.status()))).isFalse();
    assertThat(PlainExchanges.plain(with(good, "half \uD83D", good.status()))).isFalse();
    assertThat(PlainExchanges.plain(with(good, "r", 7))).isFalse();
    assertThat(PlainExchanges.plain(with(good, "r", 200))).isTrue();
  }

  private static Exchange plainOne() {
    RandomExchanges random = new RandomExchanges(32);
    while (true) {
      Exchange exchange = random.next(Exchange.Pairing.SINGLE_EVENT, TOPIC);
      if (PlainExchanges.plain(exchange)) {
        return exchange;
      }
    }
  }

  private static Exchange with(Exchange e, String requestId, int status) {
    return new Exchange(
        requestId,
        e.caller(),
        e.model(),
        e.timeMicros(),
        e.input(),
        e.answers(),
        e.text(),
        e.finishReason(),
        status,
        e.latencyMicros(),
        e.inputTokens(),
        e.outputTokens(),
        e.sessionId(),
        e.subjectId(),
        e.auth(),
        e.groups(),
        e.parameters(),
        e.pairing(),
        new Origin(TOPIC, -1, -1L));
  }

  private Exchange roundTrip(Exchange exchange) {
    return serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, exchange));
  }
}
