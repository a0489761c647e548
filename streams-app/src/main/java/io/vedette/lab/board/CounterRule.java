package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The rule that gateways have: more than 500 calls of one account within an hour. */
final class CounterRule implements Peer {

  static final int MOST = 500;
  private static final long HOUR = 3_600_000_000L;

  private final Map<CallerId, Deque<Long>> calls = new HashMap<>();

  @Override
  public boolean flags(Exchange exchange) {
    Deque<Long> recent = calls.computeIfAbsent(exchange.caller(), c -> new ArrayDeque<>());
    recent.add(exchange.timeMicros());
    while (recent.element() <= exchange.timeMicros() - HOUR) {
      recent.remove();
    }
    return recent.size() > MOST;
  }
}
