package io.vedette.stats;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the heaviest keys of a stream in a fixed number of entries. */
public final class SpaceSaving {

  /*
   * A key that finds no room takes the place of the lightest one and inherits its count as error
   * [1]. Every key with more than total/m events is held; count - error <= true <= count and
   * error <= total/m. Merging keeps both bounds [2].
   *
   * Cost per event: one hash probe and O(log m) swaps, no allocation; about 50 bytes per entry.
   *
   * [1] Metwally, Agrawal, El Abbadi, Efficient computation of frequent and top-k elements in data
   *     streams, ICDT 2005
   * [2] Agarwal et al., Mergeable summaries, PODS 2012; Cafaro et al., Inf. Sci. 329 (2016)
   */

  /** Largest capacity. */
  public static final int MAX_CAPACITY = 1 << 16;

  private static final int BYTES_PER_ENTRY = 56;
  private static final int OVERHEAD_BYTES = 200;
  private static final int ABSENT = -1;

  private final long[] keys; // a min-heap by count; the three arrays run in parallel
  private final long[] counts;
  private final long[] errors;
  private final Long2IntOpenHashMap slots;
  private int size;
  private long total;

  /**
   * A held key.
   *
   * @param key the key
   * @param count at least its true count
   * @param error how much of {@code count} may belong to other keys
   */
  public record Entry(long key, long count, long error) {}

  /**
   * An empty sketch.
   *
   * @param capacity m, entries, 1 to 65,536
   */
  public SpaceSaving(int capacity) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity must be 1 to " + MAX_CAPACITY + ", was " + capacity);
    }
    this.keys = new long[capacity];
    this.counts = new long[capacity];
    this.errors = new long[capacity];
    this.slots = new Long2IntOpenHashMap(capacity);
    slots.defaultReturnValue(ABSENT);
  }

  /** Counts one event of a key. */
  public void add(long key) {
    add(key, 1);
  }

  /**
   * Counts several events of a key.
   *
   * @param weight >= 1
   */
  public void add(long key, long weight) {
    if (weight < 1) {
      throw new IllegalArgumentException("weight must be >= 1, was " + weight);
    }
    total += weight;
    int slot = slots.get(key);
    if (slot != ABSENT) {
      counts[slot] += weight;
      siftDown(slot);
    } else if (size < keys.length) {
      append(key, weight, 0);
    } else {
      slots.remove(keys[0]);
      errors[0] = counts[0];
      counts[0] += weight;
      keys[0] = key;
      slots.put(key, 0);
      siftDown(0);
    }
  }

  /** Number of events seen. */
  public long total() {
    return total;
  }

  /** At least the true count of any key, held or not. */
  public long upper(long key) {
    int slot = slots.get(key);
    return slot == ABSENT ? lightest() : counts[slot];
  }

  /** At most the true count of any key, held or not. */
  public long lower(long key) {
    int slot = slots.get(key);
    return slot == ABSENT ? 0 : counts[slot] - errors[slot];
  }

  /** The heaviest held keys, heaviest first, ties by key; at most {@code limit}. */
  public List<Entry> top(int limit) {
    List<Entry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(new Entry(keys[i], counts[i], errors[i]));
    }
    entries.sort(heaviestFirst());
    return List.copyOf(entries.subList(0, Math.min(limit, size)));
  }

  /** Takes the events of another sketch, of any capacity, into this one. */
  public void merge(SpaceSaving other) {
    long here = lightest();
    long there = other.lightest();
    List<Entry> union = new ArrayList<>(size + other.size);
    for (int i = 0; i < size; i++) {
      int slot = other.slots.get(keys[i]);
      long count = slot == ABSENT ? there : other.counts[slot];
      long error = slot == ABSENT ? there : other.errors[slot];
      union.add(new Entry(keys[i], counts[i] + count, errors[i] + error));
    }
    for (int i = 0; i < other.size; i++) {
      if (slots.get(other.keys[i]) == ABSENT) {
        union.add(new Entry(other.keys[i], other.counts[i] + here, other.errors[i] + here));
      }
    }
    union.sort(heaviestFirst());
    slots.clear();
    size = 0;
    for (Entry entry : union.subList(0, Math.min(keys.length, union.size()))) {
      append(entry.key(), entry.count(), entry.error());
    }
    total += other.total;
  }

  private static Comparator<Entry> heaviestFirst() {
    return Comparator.comparingLong(Entry::count).reversed().thenComparingLong(Entry::key);
  }

  private long lightest() {
    return size < keys.length ? 0 : counts[0];
  }

  private void append(long key, long count, long error) {
    int slot = size++;
    put(slot, key, count, error);
    while (slot > 0 && counts[(slot - 1) / 2] > counts[slot]) {
      swap(slot, (slot - 1) / 2);
      slot = (slot - 1) / 2;
    }
  }

  private void siftDown(int from) {
    int slot = from;
    while (true) {
      int child = 2 * slot + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && counts[child + 1] < counts[child]) {
        child++;
      }
      if (counts[slot] <= counts[child]) {
        return;
      }
      swap(slot, child);
      slot = child;
    }
  }

  private void swap(int a, int b) {
    long key = keys[a];
    long count = counts[a];
    long error = errors[a];
    put(a, keys[b], counts[b], errors[b]);
    put(b, key, count, error);
  }

  private void put(int slot, long key, long count, long error) {
    keys[slot] = key;
    counts[slot] = count;
    errors[slot] = error;
    slots.put(key, slot);
  }

  /** Upper estimate of the heap it holds, bytes. */
  public int bytes() {
    return keys.length * BYTES_PER_ENTRY + OVERHEAD_BYTES;
  }

  /**
   * Writes the held entries.
   *
   * @throws IOException when the output fails
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(keys.length);
    out.writeInt(size);
    out.writeLong(total);
    for (int i = 0; i < size; i++) {
      out.writeLong(keys[i]);
      out.writeLong(counts[i]);
      out.writeLong(errors[i]);
    }
  }

  /**
   * Reads a sketch written by {@link #write}.
   *
   * @throws IOException when the bytes are not such a sketch
   */
  public static SpaceSaving read(DataInput in) throws IOException {
    int capacity = in.readInt();
    int size = in.readInt();
    if (capacity < 1 || capacity > MAX_CAPACITY || size < 0 || size > capacity) {
      throw new IOException("not a SpaceSaving sketch: " + size + " entries of " + capacity);
    }
    SpaceSaving sketch = new SpaceSaving(capacity);
    sketch.total = in.readLong();
    for (int i = 0; i < size; i++) {
      sketch.append(in.readLong(), in.readLong(), in.readLong());
    }
    if (sketch.slots.size() != size) {
      throw new IOException("not a SpaceSaving sketch: a key stands twice");
    }
    return sketch;
  }
}
