package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.state.LiveStore;
import io.vedette.stream.PendingHalves.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pairs requests with responses of one task, first in, first out per caller, request id and pairing
 * scope, and lets exchanges go on in request order per caller.
 *
 * <p>A half waits at most the wait of its limits, measured in stream time from its arrival.
 */
final class HalfMatcher {

  private static final int COMPACT_ABOVE = 1024; // entries that left but still queue

  private final LiveStore<PendingHalves> store;
  private final PairingLimits limits;
  private final Counters counters;
  private final Consumer<Exchange> out;
  private final Deque<Waiting> due; // by deadline: arrival order, because stream time never falls
  private final List<Exchange> leaving = new ArrayList<>();
  private long streamMicros = Long.MIN_VALUE;
  private long sequence;
  private int pending;

  HalfMatcher(
      LiveStore<PendingHalves> store,
      PairingLimits limits,
      Counters counters,
      Consumer<Exchange> out) {
    this.store = store;
    this.limits = limits;
    this.counters = counters;
    this.out = out;
    List<Waiting> restored = new ArrayList<>();
    store.forEachWritten((caller, halves) -> restored.addAll(halves.waiting));
    restored.sort(
        Comparator.<Waiting>comparingLong(w -> w.deadlineMicros)
            .thenComparingLong(w -> w.sequence));
    due = new ArrayDeque<>(restored);
    pending = restored.size();
    for (Waiting w : restored) {
      sequence = Math.max(sequence, w.sequence + 1);
    }
  }

  /** Takes a half, unless it waits already; lets go what it completes. */
  void accept(Exchange half) {
    streamMicros = Math.max(streamMicros, half.timeMicros());
    String caller = half.caller().key();
    PendingHalves halves = store.get(caller, streamMicros);
    if (halves.holds(half)) {
      return;
    }
    Waiting mate = halves.takeMate(half);
    if (mate == null) {
      var entry = new Waiting(caller, half, streamMicros + limits.maxWaitMicros(), sequence++);
      halves.add(entry);
      due.add(entry);
      pending++;
    } else {
      boolean response = half.pairing() == Pairing.RESPONSE_ONLY;
      mate.exchange =
          response ? Halves.merge(mate.exchange, half) : Halves.merge(half, mate.exchange);
      halves.add(mate); // again, because a response that came first had no request time
    }
    if (halves.waiting.size() > limits.maxPerCaller()) {
      counters.overflows.increment();
      leave(halves, 0);
    }
    release(caller, halves, streamMicros);
    while (pending > limits.maxPerTask()) {
      counters.overflows.increment();
      expireFirst();
    }
    if (due.size() > 2 * pending + COMPACT_ABOVE) {
      due.removeIf(w -> w.gone);
    }
    store.settle();
  }

  /** Lets go what has waited long enough at a stream time. */
  void advance(long timeMicros) {
    streamMicros = Math.max(streamMicros, timeMicros);
    while (!due.isEmpty() && (due.peek().gone || due.peek().deadlineMicros <= streamMicros)) {
      expireFirst();
    }
  }

  /** Lets everything go: the input is idle for longer than the wait. */
  void expireAll() {
    while (!due.isEmpty()) {
      expireFirst();
    }
  }

  /** Halves and exchanges that wait. */
  int pending() {
    return pending;
  }

  private void expireFirst() {
    Waiting first = due.poll();
    if (first == null || first.gone) {
      return;
    }
    PendingHalves halves = store.get(first.caller, streamMicros);
    release(first.caller, halves, Math.max(streamMicros, first.deadlineMicros));
    store.settle();
  }

  /** Lets go what is complete and has nothing before it, and what has waited long enough. */
  private void release(String caller, PendingHalves halves, long nowMicros) {
    boolean blocked = false;
    for (int i = 0; i < halves.waiting.size(); ) {
      Waiting w = halves.waiting.get(i);
      boolean complete = w.exchange.pairing() == Pairing.PAIRED;
      if (w.deadlineMicros <= nowMicros || (complete && !blocked)) {
        leave(halves, i);
      } else {
        // Only a request holds others back: what a lone response belongs to may never come.
        blocked |= w.exchange.pairing() == Pairing.REQUEST_ONLY;
        i++;
      }
    }
    if (halves.waiting.isEmpty()) {
      store.remove(caller);
    }
    // Forwarded last: what stands downstream may throw, and the books must be in order by then.
    if (!leaving.isEmpty()) {
      List<Exchange> now = new ArrayList<>(leaving);
      leaving.clear();
      now.forEach(out);
    }
  }

  private void leave(PendingHalves halves, int at) {
    Waiting w = halves.remove(at);
    pending--;
    if (w.exchange.pairing() == Pairing.REQUEST_ONLY) {
      counters.missingResponses.increment();
    } else if (w.exchange.pairing() == Pairing.RESPONSE_ONLY) {
      counters.missingRequests.increment();
    }
    leaving.add(w.exchange);
  }
}
