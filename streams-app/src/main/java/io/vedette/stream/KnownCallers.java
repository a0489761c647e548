package io.vedette.stream;

import io.vedette.core.CallerId;
import io.vedette.state.ArrayInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
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

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SLOT_BITS = 14;
  private static final long PRIME = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd
  private static final int MOST_BYTES = 256; // of both names; longer ones are not kept

  private final @Nullable Known[] slots = new Known[1 << SLOT_BITS];

  @SuppressWarnings("ArrayRecordComponent") // never handed out, never changed
  private record Known(byte[] names, CallerId caller) {}

  /** Reads tenant and principal, each as {@link java.io.DataOutput#writeUTF} writes it. */
  CallerId read(ArrayInput in) throws IOException {
    int from = in.position();
    in.skipUTF();
    in.skipUTF();
    int to = in.position();
    byte[] bytes = in.array();
    if (to - from > MOST_BYTES) {
      return caller(in, from);
    }
    int slot = slot(bytes, from, to);
    Known known = slots[slot];
    if (known != null && Arrays.equals(known.names, 0, known.names.length, bytes, from, to)) {
      return known.caller;
    }
    CallerId caller = caller(in, from);
    slots[slot] = new Known(Arrays.copyOfRange(bytes, from, to), caller);
    return caller;
  }

  private static CallerId caller(ArrayInput in, int from) throws IOException {
    in.position(from);
    return new CallerId(in.readUTF(), in.readUTF());
  }

  private static int slot(byte[] bytes, int from, int to) {
    long mixed = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      mixed = (mixed ^ (long) LONGS.get(bytes, at)) * PRIME;
      mixed ^= mixed >>> 32;
    }
    for (; at < to; at++) {
      mixed = (mixed ^ bytes[at]) * PRIME;
    }
    return (int) ((mixed * PRIME) >>> (Long.SIZE - SLOT_BITS));
  }
}
