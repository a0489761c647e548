package io.vedette.stream;

import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts recorded events in order of time, tenant, principal and request id, and pairs halves on the
 * way, so that a replay does not depend on the order of its input within the wait.
 *
 * <p>An event is held until one that is later by the wait has come. The order is total up to equal
 * keys, which keep their order of arrival.
 */
final class Resequencer {

  private static final Comparator<Held> ORDER =
      Comparator.<Held>comparingLong(h -> h.exchange.timeMicros())
          .thenComparing(h -> h.exchange.caller().tenant())
          .thenComparing(h -> h.exchange.caller().principal())
          .thenComparing(h -> h.exchange.requestId())
          .thenComparingLong(h -> h.arrival);

  private final PairingLimits limits;
  private final Counters counters;
  private final Consumer<Exchange> out;
  private final ArrayDeque<Held> inOrder = new ArrayDeque<>(); // most input is in order already
  private final PriorityQueue<Held> outOfOrder = new PriorityQueue<>(ORDER);
  private final Map<String, SameRequest> halves = new HashMap<>();
  private long latestMicros = Long.MIN_VALUE;
  private long arrivals;

  Resequencer(PairingLimits limits, Counters counters, Consumer<Exchange> out) {
    this.limits = limits;
    this.counters = counters;
    this.out = out;
  }

  /** Takes an event; lets go what is old enough. */
  void accept(Exchange event) {
    var held = new Held(event, arrivals++);
    if (latestMicros != Long.MIN_VALUE
        && event.timeMicros() < latestMicros - limits.maxWaitMicros()) {
      counters.late.increment();
    }
    latestMicros = Math.max(latestMicros, event.timeMicros());
    Held last = inOrder.peekLast();
    if (last == null || ORDER.compare(last, held) < 0) {
      inOrder.add(held);
    } else {
      outOfOrder.add(held);
    }
    if (isHalf(event)) {
      halves.computeIfAbsent(key(event), unused -> new SameRequest()).of(event.pairing()).add(held);
    }
    release(latestMicros - limits.maxWaitMicros());
    while (inOrder.size() + outOfOrder.size() > limits.maxHeld()) {
      counters.overflows.increment();
      leave(next());
    }
  }

  /** Lets everything go. */
  void finish() {
    release(Long.MAX_VALUE);
  }

  private void release(long untilMicros) {
    for (Held first = first();
        first != null && first.exchange.timeMicros() <= untilMicros;
        first = first()) {
      leave(next());
    }
  }

  private @Nullable Held first() {
    Held a = inOrder.peek();
    Held b = outOfOrder.peek();
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return ORDER.compare(a, b) <= 0 ? a : b;
  }

  private Held next() {
    Held first = first();
    if (first == null) {
      throw new IllegalStateException("nothing is held");
    }
    return first == inOrder.peek() ? inOrder.remove() : outOfOrder.remove();
  }

  private void leave(Held held) {
    if (held.gone) {
      return;
    }
    if (!isHalf(held.exchange)) {
      out.accept(held.exchange);
      return;
    }
    Exchange half = held.exchange;
    String key = key(half);
    SameRequest same = halves.get(key);
    if (same == null) {
      throw new IllegalStateException("a held half is not in the books");
    }
    same.of(half.pairing()).remove(held); // its head: all before it have left
    boolean request = half.pairing() == Pairing.REQUEST_ONLY;
    Held mate = (request ? same.responses : same.requests).poll();
    if (same.requests.isEmpty() && same.responses.isEmpty()) {
      halves.remove(key);
    }
    if (mate == null) {
      (request ? counters.missingResponses : counters.missingRequests).increment();
      out.accept(half);
    } else if (request) {
      mate.gone = true;
      out.accept(Halves.merge(half, mate.exchange));
    } else {
      mate.exchange = Halves.merge(mate.exchange, half); // leaves when the request's turn comes
    }
  }

  private static boolean isHalf(Exchange event) {
    return event.pairing() == Pairing.REQUEST_ONLY || event.pairing() == Pairing.RESPONSE_ONLY;
  }

  private static String key(Exchange event) {
    return event.caller().key() + '\n' + event.pairingScope() + '\n' + event.requestId();
  }

  /** An event that is held. */
  private static final class Held {
    Exchange exchange;
    final long arrival;
    boolean gone; // went on with its mate

    Held(Exchange exchange, long arrival) {
      this.exchange = exchange;
      this.arrival = arrival;
    }
  }

  /** Held halves of one caller and request id. */
  private static final class SameRequest {
    final Queue<Held> requests = new PriorityQueue<>(ORDER);
    final Queue<Held> responses = new PriorityQueue<>(ORDER);

    Queue<Held> of(Pairing pairing) {
      return pairing == Pairing.REQUEST_ONLY ? requests : responses;
    }
  }
}
