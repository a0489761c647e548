package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** The halves of one caller that wait, and the exchanges that wait behind them, by request time. */
final class PendingHalves implements State {

  private static final int MAX_WRITTEN = 1 << 20; // entries; far above any cap

  final List<Waiting> waiting = new ArrayList<>();
  private final Codec codec;
  private int bytes = 64;

  PendingHalves(Codec codec) {
    this.codec = codec;
  }

  /** Inserts by request time, then arrival. */
  void add(Waiting entry) {
    int at = waiting.size();
    while (at > 0 && isAfter(waiting.get(at - 1), entry)) {
      at--;
    }
    waiting.add(at, entry);
    entry.gone = false;
    bytes += entry.bytes();
  }

  /**
   * True for a half that waits here already, a request also with its response: at least once, it
   * may be read again after a crash that its state was written before. One that waited twice would
   * find one mate, and the other would hold its caller back.
   */
  boolean holds(Exchange half) {
    for (Waiting w : waiting) {
      if (w.exchange.origin().equals(half.origin())
          && w.exchange.requestId().equals(half.requestId())) {
        return true;
      }
    }
    return false;
  }

  /** Removes and gives the earliest arrived mate of a half, null when there is none. */
  @Nullable Waiting takeMate(Exchange half) {
    Pairing wanted =
        half.pairing() == Pairing.REQUEST_ONLY ? Pairing.RESPONSE_ONLY : Pairing.REQUEST_ONLY;
    int best = -1;
    for (int i = 0; i < waiting.size(); i++) {
      Waiting w = waiting.get(i);
      if (w.exchange.pairing() == wanted
          && w.exchange.requestId().equals(half.requestId())
          && w.exchange.pairingScope().equals(half.pairingScope())
          && (best < 0 || w.sequence < waiting.get(best).sequence)) {
        best = i;
      }
    }
    return best < 0 ? null : remove(best);
  }

  Waiting remove(int at) {
    Waiting gone = waiting.remove(at);
    gone.gone = true;
    bytes -= gone.bytes();
    return gone;
  }

  private static boolean isAfter(Waiting one, Waiting other) {
    long a = one.exchange.timeMicros();
    long b = other.exchange.timeMicros();
    return a != b ? a > b : one.sequence > other.sequence;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(waiting.size());
    for (Waiting w : waiting) {
      out.writeLong(w.deadlineMicros);
      out.writeLong(w.sequence);
      codec.write(w.exchange, out);
    }
  }

  @Override
  public int bytes() {
    return bytes;
  }

  /** An exchange that waits. */
  static final class Waiting {
    final String caller;
    Exchange exchange;
    final long deadlineMicros; // stream time
    final long sequence; // arrival
    boolean gone;

    Waiting(String caller, Exchange exchange, long deadlineMicros, long sequence) {
      this.caller = caller;
      this.exchange = exchange;
      this.deadlineMicros = deadlineMicros;
      this.sequence = sequence;
    }

    int bytes() {
      return Halves.bytes(exchange) + 64;
    }
  }

  /** Writes exchanges with the marks that topics do not carry. */
  record Codec(Serde<Exchange> stored) {

    private static final String TOPIC = "pending"; // a serde's word; nothing is looked up by it

    PendingHalves read(DataInput in) throws IOException {
      int size = in.readInt();
      if (size < 0 || size > MAX_WRITTEN) {
        throw new IOException("entries must be 0 to " + MAX_WRITTEN + ", was " + size);
      }
      var halves = new PendingHalves(this);
      for (int i = 0; i < size; i++) {
        long deadline = in.readLong();
        long sequence = in.readLong();
        Exchange exchange = readExchange(in);
        halves.add(new Waiting(exchange.caller().key(), exchange, deadline, sequence));
      }
      return halves;
    }

    void write(Exchange e, DataOutput out) throws IOException {
      byte[] value = stored.serializer().serialize(TOPIC, e);
      out.writeInt(value.length);
      out.write(value);
    }

    private Exchange readExchange(DataInput in) throws IOException {
      int length = in.readInt();
      if (length < 0 || length > 1 << 28) {
        throw new IOException("length must be 0 to 2^28, was " + length);
      }
      byte[] value = new byte[length];
      in.readFully(value);
      return stored.deserializer().deserialize(TOPIC, value);
    }
  }
}
