package io.vedette.app;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets Micrometer look for Kafka's new metrics every ten seconds instead of every minute: lag,
 * tasks and stores appear with the first partitions, and a minute without them is long after a
 * restart.
 */
final class MeterSearch extends ScheduledThreadPoolExecutor {

  private static final long SECONDS = 10;

  MeterSearch() {
    super(
        1,
        work -> {
          Thread thread = new Thread(work, "vedette-meters");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable work, long initial, long period, TimeUnit unit) {
    return super.scheduleAtFixedRate(work, 1, SECONDS, TimeUnit.SECONDS);
  }
}
