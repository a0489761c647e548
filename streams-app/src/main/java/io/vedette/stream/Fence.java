package io.vedette.stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps an engine's errors inside its stage: counted and logged, never thrown on. */
final class Fence {

  private final String stage;
  private final Counters counters;
  private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(Fence.class));

  Fence(String stage, Counters counters) {
    this.stage = stage;
    this.counters = counters;
  }

  /** Runs engine work; it must not forward, so that errors of Kafka are not swallowed here. */
  void run(Runnable work) {
    attempt(work);
  }

  /** The same; gives the error, null when there was none. */
  @Nullable Throwable attempt(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException | StackOverflowError e) {
      counters.fenced.increment();
      log.warn("engine fenced", stage, e);
      return e;
    }
  }
}
