package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.PAIRED;
import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.state.LiveStore;
import io.vedette.state.UnloggedStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class HalfMatcherTest {

  private final LiveStore<PendingHalves> store = UnloggedStore.named(PairingStage.STORE);
  private final Counters counters = new Counters();
  private final List<Exchange> out = new ArrayList<>();

  @Test
  void shouldLetWrittenHalvesGoWhenInputIdlesSinceARestart() {
    // Given a half that waits, and a restart
    open();
    matcher().accept(exchange("ann", "r-1", T0, REQUEST_ONLY));
    store.flushCache();
    store.clearCache();

    // When nothing has come since then
    HalfMatcher restarted = matcher();
    int waiting = restarted.pending();
    restarted.expireAll();

    // Then
    assertThat(waiting).isEqualTo(1);
    assertThat(out).extracting(Exchange::requestId).containsExactly("r-1");
    assertThat(counters.missingResponses.sum()).isEqualTo(1);
    assertThat(restarted.pending()).isZero();
  }

  @Test
  void shouldTakeHalfForOneWhenItIsReadAgainAfterARestart() {
    // Given a half that is written, whose offset is not, and a restart
    open();
    Exchange request = read("r-1", T0, REQUEST_ONLY, 7);
    matcher().accept(request);
    store.flushCache();
    store.clearCache();
    HalfMatcher restarted = matcher();

    // When
    restarted.accept(request);
    restarted.accept(read("r-2", T0 + 1, REQUEST_ONLY, 8));
    restarted.accept(read("r-1", T0 + 2, RESPONSE_ONLY, 1));
    restarted.accept(read("r-2", T0 + 3, RESPONSE_ONLY, 2));

    // Then nothing is left that would hold back what its caller sends
    assertThat(out).extracting(Exchange::requestId).containsExactly("r-1", "r-2");
    assertThat(out).extracting(Exchange::pairing).containsOnly(PAIRED);
    assertThat(restarted.pending()).isZero();
  }

  @Test
  void shouldTakeRequestForOneWhenItIsReadAgainAsItsPairWaits() {
    // Given a pair behind a request that has no answer yet
    open();
    HalfMatcher matcher = matcher();
    matcher.accept(read("r-1", T0, REQUEST_ONLY, 7));
    Exchange request = read("r-2", T0 + 1, REQUEST_ONLY, 8);
    matcher.accept(request);
    matcher.accept(read("r-2", T0 + 2, RESPONSE_ONLY, 1));

    // When
    matcher.accept(request);
    matcher.accept(read("r-1", T0 + 3, RESPONSE_ONLY, 2));

    // Then
    assertThat(out).extracting(Exchange::requestId).containsExactly("r-1", "r-2");
    assertThat(matcher.pending()).isZero();
  }

  @Test
  void shouldKeepBothHalvesWhenTheirIdRepeatsElsewhere() {
    // Given
    open();
    HalfMatcher matcher = matcher();
    matcher.accept(read("same", T0, REQUEST_ONLY, 7));

    // When
    matcher.accept(read("same", T0, REQUEST_ONLY, 8));

    // Then
    assertThat(matcher.pending()).isEqualTo(2);
  }

  private void open() {
    var codec = new PendingHalves.Codec(Fixtures.serdes().stored());
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    store.bind(() -> new PendingHalves(codec), codec::read);
  }

  private static Exchange read(String id, long time, Exchange.Pairing pairing, long offset) {
    String topic = pairing == REQUEST_ONLY ? "requests" : "responses";
    return Halves.stamped(
        exchange("ann", id, time, pairing), new Origin(topic, 0, offset), pairing);
  }

  private HalfMatcher matcher() {
    return new HalfMatcher(store, PairingLimits.DEFAULT, counters, out::add);
  }
}
