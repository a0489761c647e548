package io.vedette.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/** Logs the first of a kind of error and then one per ten seconds, with how many were left out. */
final class RateLimitedLog {

  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final Logger log;
  private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);
  private final LongAdder suppressed = new LongAdder();

  RateLimitedLog(Logger log) {
    this.log = log;
  }

  /** Warns with the class of an error; never with its text, which may quote payloads. */
  void warn(String event, String place, Throwable error) {
    long now = System.nanoTime();
    long due = next.get();
    if ((due == Long.MIN_VALUE || now - due >= 0)
        && next.compareAndSet(due, now + INTERVAL_NANOS)) {
      StackTraceElement[] stack = error.getStackTrace();
      log.warn(
          "{} place={} error={} at={} suppressed={}",
          event,
          place,
          error.getClass().getName(),
          stack.length > 0 ? stack[0] : "unknown",
          suppressed.sumThenReset());
    } else {
      suppressed.increment();
    }
  }
}
