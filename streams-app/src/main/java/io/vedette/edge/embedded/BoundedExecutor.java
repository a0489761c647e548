package io.vedette.edge.embedded;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs HTTP exchanges on few threads, each for a limited time.
 *
 * <p>A task includes reading the request from the socket, so a client that sends one byte a minute
 * would hold a thread for ever. At the limit the thread is interrupted, which closes the socket. If
 * all threads and the queue are taken, the server's accepting thread does the work and so stops
 * accepting.
 */
final class BoundedExecutor implements Executor, AutoCloseable {

  private static final int THREADS = 8;
  private static final int QUEUE = 64;
  private static final long LIMIT_MS = 15_000; // a stored schema takes at most 10 s

  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService clock;
  private final long limitMs;

  BoundedExecutor() {
    this(LIMIT_MS);
  }

  BoundedExecutor(long limitMs) {
    this.limitMs = limitMs;
    this.clock = Executors.newSingleThreadScheduledExecutor(daemons("registry-clock"));
    this.workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            daemons("registry-http"),
            new ThreadPoolExecutor.CallerRunsPolicy());
    workers.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    workers.execute(() -> runLimited(task));
  }

  private void runLimited(Runnable task) {
    var run = new Run(Thread.currentThread());
    Future<?> alarm = clock.schedule(run::interrupt, limitMs, TimeUnit.MILLISECONDS);
    try {
      task.run();
    } finally {
      run.end();
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    clock.shutdownNow();
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One run on one thread; after its end an alarm cannot hit what the thread does next. */
  private static final class Run {
    private @Nullable Thread thread;

    Run(Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      thread = null;
      Thread.interrupted(); // the next task starts without it
    }
  }
}
