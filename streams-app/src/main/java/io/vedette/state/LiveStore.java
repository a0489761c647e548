package io.vedette.state;

import io.vedette.core.State;
import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of live state objects whose changed keys are written to a change-logged store before each
 * commit.
 *
 * <p>The least recently used states leave the heap when the budget is full, between two events and
 * never within one; a changed one is written first. The map is an access-ordered one of our own and
 * not Caffeine, because Caffeine may evict the very entry it has just taken in, while the stage
 * still changes it.
 *
 * @param <S> state per key
 */
public final class LiveStore<S extends State> extends PreCommitStore {

  private static final Logger LOG = LoggerFactory.getLogger(LiveStore.class);
  private static final int ENTRY_BYTES = 160; // map slot, entry, key header
  private static final int WEIGH_EVERY = 64; // touches; a state also grows between commits
  private static final int EXPIRE_PER_COMMIT = 256;
  private static final int EPHEMERAL_COMMITS = 1024; // a replay commits at every input
  private static final int FEW_DIRTY = 1024;

  private final KeyValueStore<Bytes, byte[]> inner;
  private final LiveStoreOptions options;
  private final LongAdder damaged;
  private final long idleMicros;
  private final IdleSweep sweep;
  private final AtomicInteger open;
  private final LongAdder held;
  private final Object2ObjectLinkedOpenHashMap<String, Entry<S>> live =
      new Object2ObjectLinkedOpenHashMap<>();
  private final List<Entry<S>> dirty = new ArrayList<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private @Nullable Supplier<S> fresh;
  private @Nullable StateFormat<S> format;
  private long liveBytes;
  private long told; // of liveBytes, to held
  private long now = Long.MIN_VALUE;
  private int commits;
  private int trimAt = FEW_DIRTY; // dirty entries
  private boolean counted;
  private boolean grown; // since it was last looked at whether the budget is full

  LiveStore(KeyValueStore<Bytes, byte[]> inner, LiveStoreOptions options, LongAdder damaged) {
    this(inner, options, damaged, new AtomicInteger(), new LongAdder());
  }

  /**
   * A store that shares its budget.
   *
   * @param open counts the open stores that share it
   * @param held sums the estimated heap of their live states, bytes, as of their last commit
   */
  LiveStore(
      KeyValueStore<Bytes, byte[]> inner,
      LiveStoreOptions options,
      LongAdder damaged,
      AtomicInteger open,
      LongAdder held) {
    this.open = open;
    this.held = held;
    this.inner = inner;
    this.options = options;
    this.damaged = damaged;
    this.idleMicros = Math.multiplyExact(options.idle().toMillis(), 1000L);
    this.sweep = new IdleSweep(inner, idleMicros);
  }

  /** Says how states are made and read; to be called before the first access. */
  public void bind(Supplier<S> maker, StateReader<S> reader) {
    bind(maker, StateFormats.first(reader));
  }

  /** The same for states whose bytes have changed since a release. */
  public void bind(Supplier<S> maker, StateFormats<S> formats) {
    fresh = maker;
    format = new StateFormat<>(formats);
  }

  /**
   * The state of a key for reading and changing: live, or read, or fresh when there is none, when
   * it was idle too long or when its bytes are damaged.
   *
   * @param timeMicros event time of the access
   */
  public S get(String key, long timeMicros) {
    now = Math.max(now, timeMicros);
    Entry<S> entry = live.getAndMoveToLast(key);
    if (entry == null) {
      entry = load(key);
      live.putAndMoveToLast(key, entry);
      weigh(entry);
    } else if (isIdle(entry.lastUsed)) {
      entry.state = fresh();
    }
    entry.lastUsed = Math.max(entry.lastUsed, now);
    if (!entry.dirty) {
      entry.dirty = true;
      if (!options.ephemeral()) {
        dirty.add(entry);
        trim();
      }
    }
    if (++entry.touches % WEIGH_EVERY == 0) {
      weigh(entry);
    }
    return entry.state;
  }

  /**
   * Lets states leave the heap when the budget is full; to be called when an event is done. Until
   * then all states that were got stay live, for the stage may hold any number of them.
   */
  public void settle() {
    if (grown) {
      evict();
    }
  }

  /** Drops the state of a key; its tombstone is written with the coming commit. */
  public void remove(String key) {
    Entry<S> entry = live.remove(key);
    boolean written = true;
    if (entry != null) {
      liveBytes -= entry.bytes;
      entry.dirty = false;
      written = entry.written;
    }
    if (!written) {
      return;
    }
    if (options.ephemeral()) {
      inner.delete(bytes(key));
    } else {
      removed.add(key);
    }
  }

  /** Visits the written states, without taking them live; for a stage that starts. */
  public void forEachWritten(BiConsumer<String, S> visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = inner.all()) {
      while (all.hasNext()) {
        var next = all.next();
        if (next.value != null) {
          String key = IdleSweep.text(next.key);
          S state = read(key, next.value);
          if (state != null) {
            visitor.accept(key, state);
          }
        }
      }
    }
  }

  /** Live states. */
  public int liveStates() {
    return live.size();
  }

  /** Entries that the coming commit looks at. */
  int dirtyEntries() {
    return dirty.size();
  }

  /** Estimated heap of the live states, bytes. */
  public long liveBytes() {
    return liveBytes;
  }

  @Override
  void beforeCommit() {
    if (options.ephemeral()) {
      if (++commits % EPHEMERAL_COMMITS == 0) {
        expire();
        tell();
      }
      return;
    }
    for (Entry<S> entry : dirty) {
      if (entry.dirty) {
        write(entry);
        weigh(entry);
      }
    }
    dirty.clear();
    for (String key : removed) {
      inner.delete(bytes(key));
    }
    removed.clear();
    evict();
    expire();
    tell();
  }

  @Override
  void forget() {
    live.clear();
    dirty.clear();
    removed.clear();
    liveBytes = 0;
    now = Long.MIN_VALUE; // as after a restart
    tell();
    sweep.close();
  }

  private void tell() {
    held.add(liveBytes - told);
    told = liveBytes;
  }

  private Entry<S> load(String key) {
    boolean dropped = !removed.isEmpty() && removed.remove(key);
    byte[] written = inner.get(bytes(key));
    S state = null;
    long lastUsed = Long.MIN_VALUE;
    if (written != null && !dropped) {
      state = read(key, written);
      lastUsed = state == null ? lastUsed : StateFormat.lastUsed(written);
    }
    if (state == null || isIdle(lastUsed)) {
      state = fresh();
    }
    Entry<S> entry = new Entry<>(key, state, written != null);
    entry.lastUsed = lastUsed; // where stream time is not known yet, it stays
    return entry;
  }

  private @Nullable S read(String key, byte[] written) {
    try {
      return bound(format).read(written);
    } catch (IOException | RuntimeException e) {
      damaged.increment();
      LOG.error(
          "state unreadable, starting afresh store={} keyHash={} format={} bytes={} error={}",
          name(),
          Integer.toHexString(key.hashCode()),
          written.length == 0 ? "none" : Byte.toString(written[0]),
          written.length,
          e.getClass().getName());
      return null;
    }
  }

  private void write(Entry<S> entry) {
    entry.dirty = false;
    byte[] value;
    try {
      value = bound(format).write(entry.state, entry.lastUsed);
    } catch (IOException | RuntimeException e) {
      damaged.increment(); // the last written state stays
      LOG.error(
          "state unwritable, keeping the last one store={} keyHash={} error={}",
          name(),
          Integer.toHexString(entry.key.hashCode()),
          e.getClass().getName());
      return;
    }
    inner.put(bytes(entry.key), value);
    entry.written = true;
  }

  private void weigh(Entry<S> entry) {
    int bytes = entry.state.bytes() + ENTRY_BYTES + 2 * entry.key.length();
    grown |= bytes > entry.bytes;
    liveBytes += bytes - entry.bytes;
    entry.bytes = bytes;
  }

  /** Never takes the last entry: one that is too large alone would be read and written all day. */
  private void evict() {
    grown = false;
    long share = options.liveBytes() / Math.max(1, open.get());
    while (liveBytes > share && live.size() > 1) {
      Entry<S> oldest = live.removeFirst();
      liveBytes -= oldest.bytes;
      if (oldest.dirty) {
        write(oldest);
      }
    }
  }

  /** What was written or removed since leaves the list, so that it grows with the live states. */
  private void trim() {
    if (dirty.size() >= trimAt) {
      dirty.removeIf(entry -> !entry.dirty);
      trimAt = Math.max(FEW_DIRTY, 2 * dirty.size());
    }
  }

  /** Nothing is idle before stream time is known: the difference would overflow. */
  private boolean isIdle(long lastUsed) {
    return lastUsed != Long.MIN_VALUE && now > lastUsed && now - lastUsed > idleMicros;
  }

  private void expire() {
    if (now == Long.MIN_VALUE) {
      return;
    }
    for (int i = 0; i < EXPIRE_PER_COMMIT && !live.isEmpty(); i++) {
      Entry<S> oldest = live.get(live.firstKey());
      if (oldest == null || !isIdle(oldest.lastUsed)) {
        break;
      }
      live.removeFirst();
      liveBytes -= oldest.bytes;
      oldest.dirty = false;
      inner.delete(bytes(oldest.key));
    }
    sweep.step(now, live::containsKey);
  }

  private S fresh() {
    return bound(fresh).get();
  }

  private <T> T bound(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("store " + name() + " is used before bind()");
    }
    return part;
  }

  private static Bytes bytes(String key) {
    return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    if (!counted) {
      open.incrementAndGet();
      counted = true;
    }
    inner.init(context, root); // root is this store, so that the task finds our hook
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    inner.commit(changelogOffsets);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return inner.committedOffset(partition);
  }

  @Override
  @SuppressWarnings("deprecation") // still asked by the task in 4.3
  public boolean managesOffsets() {
    return inner.managesOffsets();
  }

  @Override
  public void close() {
    forget();
    if (counted) {
      open.decrementAndGet();
      counted = false;
    }
    inner.close();
  }

  @Override
  public boolean persistent() {
    return inner.persistent();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  /** A live state with its book-keeping. */
  private static final class Entry<S extends State> {

    final String key;
    S state;
    boolean written; // the inner store has the key
    boolean dirty;
    int bytes;
    int touches;
    long lastUsed = Long.MIN_VALUE; // stream time, microseconds

    Entry(String key, S state, boolean written) {
      this.key = key;
      this.state = state;
      this.written = written;
    }
  }
}
