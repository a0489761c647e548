package io.vedette.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of small results that leave a task in batches per key, at the latest before each commit;
 * empty at every commit, so it needs no bytes of its own.
 *
 * <p>A key's batch leaves when it is full, by entries or bytes, since brokers and producers refuse
 * records of more than a megabyte; all leave before a commit, or when the stage says so. In a
 * replay, where every input is a commit, they leave by events and stream time instead.
 *
 * @param <T> entry
 */
public final class Outbox<T> extends PreCommitStore {

  /**
   * Takes a batch to be forwarded.
   *
   * @param <T> entry
   */
  @FunctionalInterface
  public interface Sink<T> {
    /** Takes the entries of a key in order, with the latest event time among them. */
    void batch(String key, List<T> entries, long newestMicros);
  }

  private static final int MOST_BYTES = 256 * 1024;

  private final String name;
  private final OutboxOptions options;
  private final Map<String, Batch<T>> batches = new LinkedHashMap<>();
  private @Nullable Emitter emitter;
  private @Nullable Sink<T> sink;
  private Runnable lastEntries = () -> {};
  private long oldestMicros = Long.MAX_VALUE;
  private int events;
  private boolean open;

  Outbox(String name, OutboxOptions options) {
    this.name = name;
    this.options = options;
  }

  /** Names the sink; to be called in the {@code init} of the processor that forwards. */
  public void bind(ProcessorContext<?, ?> context, Sink<T> batchSink) {
    emitter = new Emitter(context);
    sink = batchSink;
  }

  /** Names what adds the entries that were held back, before each commit. */
  public void beforeCommit(Runnable source) {
    lastEntries = source;
  }

  /**
   * Takes an entry; forwards the key's batch when it is full.
   *
   * @param bytes about how many bytes the entry takes in its batch
   */
  public void add(String key, T entry, long timeMicros, int bytes) {
    Batch<T> batch = batches.computeIfAbsent(key, unused -> new Batch<>());
    batch.entries.add(entry);
    batch.bytes += bytes;
    batch.newestMicros = Math.max(batch.newestMicros, timeMicros);
    oldestMicros = Math.min(oldestMicros, timeMicros);
    if (batch.entries.size() >= options.maxEntries() || batch.bytes >= MOST_BYTES) {
      batches.remove(key);
      send(key, batch);
    }
  }

  /** Notes that one event was worked off; in a replay this is what empties the outbox. */
  public void eventDone(long timeMicros) {
    if (!options.ephemeral() || batches.isEmpty()) {
      return;
    }
    if (++events >= options.replayEvents()
        || timeMicros - oldestMicros >= options.replaySpan().toMillis() * 1000L) {
      flushAll();
    }
  }

  /** Forwards everything. */
  public void flushAll() {
    if (!batches.isEmpty()) {
      var leaving = new ArrayList<>(batches.entrySet());
      batches.clear();
      for (Map.Entry<String, Batch<T>> batch : leaving) {
        send(batch.getKey(), batch.getValue());
      }
    }
    oldestMicros = Long.MAX_VALUE;
    events = 0;
  }

  private void send(String key, Batch<T> batch) {
    if (emitter == null || sink == null) {
      throw new IllegalStateException("outbox " + name + " is used before bind()");
    }
    Sink<T> target = sink;
    long timestampMs = Math.max(0, batch.newestMicros / 1000);
    emitter.run(timestampMs, () -> target.batch(key, batch.entries, batch.newestMicros));
  }

  @Override
  void beforeCommit() {
    if (!options.ephemeral()) {
      lastEntries.run();
      flushAll();
    }
  }

  @Override
  void forget() {
    batches.clear();
    oldestMicros = Long.MAX_VALUE;
    events = 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(root, (key, value) -> {});
  }

  @Override
  public void close() {
    forget();
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Entries of one key. */
  private static final class Batch<T> {
    final List<T> entries = new ArrayList<>();
    long newestMicros = Long.MIN_VALUE;
    int bytes;
  }
}
