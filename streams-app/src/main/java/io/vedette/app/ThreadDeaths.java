package io.vedette.app;

import io.vedette.stream.Outages;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the service when a stream thread dies: the thread is replaced and reads again
 * from what is committed, or the service ends, to be started again.
 */
final class ThreadDeaths implements StreamsUncaughtExceptionHandler {

  static final int MOST = 5; // in the life of the service, for reasons that are none of the below

  /**
   * Of brokers that do not answer, for each thread in an hour. The clients wait a minute before
   * they give up, so no outage comes to this number; what comes to it goes round in a circle.
   */
  static final int MOST_OUTAGES = 100;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);

  private final int threads;
  private final LongSupplier clock;
  private final Runnable rights;
  private final Deque<Long> outages = new ArrayDeque<>();
  private int others;

  /**
   * Counts from nothing.
   *
   * @param threads stream threads, at least 1
   * @param clock milliseconds since 1970
   * @param rights names the rights that are missing
   */
  ThreadDeaths(int threads, LongSupplier clock, Runnable rights) {
    this.threads = threads;
    this.clock = clock;
    this.rights = rights;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable error) {
    if (Outages.registry(error)) {
      LOG.warn("schema registry cannot be reached, nothing is skipped, trying again");
      return StreamThreadExceptionResponse.REPLACE_THREAD; // its client waited already
    }
    LOG.error("stream thread died", error);
    if (AccessCheck.authorization(error) != null) {
      rights.run();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT; // trying again helps nothing
    }
    return isWithinLimits(error)
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized boolean isWithinLimits(Throwable error) {
    if (!Outages.brokers(error)) {
      others++;
      return others <= MOST;
    }
    long now = clock.getAsLong();
    outages.addLast(now);
    while (now - outages.getFirst() > HOUR_MILLIS) {
      outages.removeFirst();
    }
    return outages.size() <= MOST_OUTAGES * threads;
  }
}
