package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.state.ArrayInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One object per caller that comes again and again: states that name callers share it. Bounded:
 * 16,384 slots chosen by hash, the last comer wins a slot. Threads may share it: a race over a slot
 * loses an entry, never mixes two.
 *
 * <p>A known caller is told by the bytes of its names, so that neither texts are made of them nor
 * its own are fetched from where no cache of the processor has them.
 */
final class KnownCallers {

  private static final int SLOTS = 1 << 14;

  private final @Nullable Known[] slots = new Known[SLOTS];

  @SuppressWarnings("ArrayRecordComponent") // never handed out, never changed
  private record Known(byte[] names, CallerId caller) {}

  /** Reads tenant and principal, each as {@link java.io.DataOutput#writeUTF} writes it. */
  CallerId read(ArrayInput in) throws IOException {
    int from = in.position();
    in.skipUTF();
    in.skipUTF();
    int to = in.position();
    byte[] bytes = in.array();
    int slot = slot(bytes, from, to);
    Known known = slots[slot];
    if (known != null && Arrays.equals(known.names, 0, known.names.length, bytes, from, to)) {
      return known.caller;
    }
    in.position(from);
    CallerId caller = new CallerId(in.readUTF(), in.readUTF());
    slots[slot] = new Known(Arrays.copyOfRange(bytes, from, to), caller);
    return caller;
  }

  private static int slot(byte[] bytes, int from, int to) {
    var hash = new CRC32C();
    hash.update(bytes, from, to - from);
    return (int) hash.getValue() & (SLOTS - 1);
  }
}
