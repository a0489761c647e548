package io.vedette.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what one thread reads to another, in order and a bounded number of batches ahead: parsing a
 * log costs as much as watching it, and most machines have a second core.
 *
 * @param <T> what is read
 */
final class ReadAhead<T> {

  private static final int BATCH = 512;
  private static final int BATCHES = 4;

  private final BlockingQueue<Batch<T>> queue = new ArrayBlockingQueue<>(BATCHES);
  private final Source<T> source;
  private List<T> filling = new ArrayList<>(BATCH); // the reading thread's

  ReadAhead(Source<T> source) {
    this.source = source;
  }

  /**
   * Reads all there is.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  interface Source<T> {
    /** Gives everything to the sink, in order, and returns. */
    void read(Sink<T> sink) throws IOException;
  }

  /**
   * Takes what is read.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  interface Sink<T> {
    /**
     * Takes one.
     *
     * @throws IOException when nobody wants more
     */
    void take(T item) throws IOException;
  }

  private record Batch<T>(List<T> items, boolean last, @Nullable Throwable failure) {}

  /**
   * Reads in a thread of its own, consumes in this one; returns when all is consumed.
   *
   * @throws IOException what the source threw, after all that it gave before was consumed
   */
  void run(Consumer<T> consumer) throws IOException {
    Thread reader = new Thread(this::fill, "read-ahead");
    reader.setDaemon(true); // standard input may never end
    reader.start();
    try {
      while (true) {
        Batch<T> batch = queue.take();
        batch.items.forEach(consumer);
        if (batch.last) {
          rethrow(batch.failure);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading", e);
    } finally {
      reader.interrupt();
    }
  }

  private void fill() {
    Throwable failure = null;
    try {
      source.read(
          item -> {
            filling.add(item);
            if (filling.size() == BATCH) {
              put(new Batch<>(filling, false, null));
              filling = new ArrayList<>(BATCH);
            }
          });
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    try {
      put(new Batch<>(filling, true, failure));
    } catch (IOException e) {
      // nobody waits for more
    }
  }

  private void put(Batch<T> batch) throws IOException {
    try {
      queue.put(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("nobody wants more", e);
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
