package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static io.vedette.stream.Fixtures.scoped;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import io.vedette.stream.PendingHalves.Waiting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PendingHalvesTest {

  private final PendingHalves.Codec codec = new PendingHalves.Codec(Fixtures.serdes().stored());
  private final PendingHalves halves = new PendingHalves(codec);

  @Test
  void shouldKeepServicesApartWhenTheirRequestIdsAreEqual() {
    // Given
    add(scoped(exchange("ann", "1", T0, REQUEST_ONLY), "gateway"), 1);
    add(scoped(exchange("ann", "1", T0 + 5, REQUEST_ONLY), "batch"), 2);

    // When
    Waiting mate = halves.takeMate(scoped(exchange("ann", "1", T0 + 9, RESPONSE_ONLY), "batch"));

    // Then
    assertThat(mate).isNotNull();
    assertThat(mate.exchange.timeMicros()).isEqualTo(T0 + 5);
    assertThat(halves.takeMate(exchange("ann", "1", T0 + 9, RESPONSE_ONLY)))
        .as("a response of no scope")
        .isNull();
  }

  @Test
  void shouldKeepScopeAndOriginWhenWritten() throws IOException {
    // Given
    Exchange half = scoped(exchange("ann", "1", T0, REQUEST_ONLY), "gateway");
    add(Halves.stamped(half, new Origin("in", 3, 42), REQUEST_ONLY), 7);
    var bytes = new ByteArrayOutputStream();

    // When
    halves.write(new DataOutputStream(bytes));
    PendingHalves read =
        codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    assertThat(read.waiting).hasSize(1);
    Waiting waiting = read.waiting.get(0);
    assertThat(waiting.exchange.pairingScope()).isEqualTo("gateway");
    assertThat(waiting.exchange.origin()).isEqualTo(new Origin("in", 3, 42));
    assertThat(waiting.exchange.pairing()).isEqualTo(REQUEST_ONLY);
    assertThat(waiting.sequence).isEqualTo(7);
  }

  private void add(Exchange half, long sequence) {
    halves.add(new Waiting(half.caller().key(), half, half.timeMicros() + 100, sequence));
  }
}
