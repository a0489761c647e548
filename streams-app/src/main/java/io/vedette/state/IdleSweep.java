package io.vedette.state;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Deletes written states that were idle too long, a bounded number at a time. */
final class IdleSweep {

  private static final int PER_STEP = 256;

  private final KeyValueStore<Bytes, byte[]> inner;
  private final long idleMicros;
  private @Nullable KeyValueIterator<Bytes, byte[]> round;
  private long began = Long.MIN_VALUE; // stream time of the last round

  IdleSweep(KeyValueStore<Bytes, byte[]> inner, long idleMicros) {
    this.inner = inner;
    this.idleMicros = idleMicros;
  }

  /**
   * Goes on with a round, or begins one when an eighth of the idle time has passed since the last.
   *
   * @param now stream time, microseconds
   * @param live keys that are not to be touched
   */
  void step(long now, Predicate<String> live) {
    if (round == null) {
      boolean first = began == Long.MIN_VALUE;
      if (!first && now - began < idleMicros / 8) {
        return;
      }
      began = now;
      if (first) {
        return;
      }
      round = inner.all();
    }
    for (int i = 0; i < PER_STEP && round.hasNext(); i++) {
      var next = round.next();
      if (next.value != null && isIdle(next.value, now) && !live.test(text(next.key))) {
        inner.delete(next.key);
      }
    }
    if (!round.hasNext()) {
      close();
    }
  }

  private boolean isIdle(byte[] written, long now) {
    long lastUsed = StateFormat.lastUsed(written);
    return lastUsed != Long.MIN_VALUE && now - lastUsed > idleMicros;
  }

  /** Ends the round. */
  void close() {
    if (round != null) {
      round.close();
      round = null;
    }
  }

  static String text(Bytes key) {
    return new String(key.get(), StandardCharsets.UTF_8);
  }
}
