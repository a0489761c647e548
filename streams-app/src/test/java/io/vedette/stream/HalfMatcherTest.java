package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
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
    var codec = new PendingHalves.Codec(Fixtures.serdes().stored());
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    store.bind(() -> new PendingHalves(codec), codec::read);
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

  private HalfMatcher matcher() {
    return new HalfMatcher(store, PairingLimits.DEFAULT, counters, out::add);
  }
}
