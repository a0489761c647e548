package io.vedette.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store in a hash map, for a replay: no changelog, and no order to be kept at every write, which
 * with hundreds of thousands of keys costs more than the rest of a lookup.
 */
@SuppressWarnings("NullAway") // Kafka's interface gives null for absent values and does not say so
final class HashStore implements KeyValueStore<Bytes, byte[]> {

  private final String name;
  private final Map<Bytes, byte[]> map = new HashMap<>();
  private boolean open;

  HashStore(String name) {
    this.name = name;
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return map.get(key);
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
    byte[] before = map.get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    return map.remove(key);
  }

  /** The keys of now, with their values of then; unordered. */
  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return new Entries(new ArrayList<>(map.keySet()));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
    var sorted = new TreeMap<>(map);
    if (from != null) {
      sorted = new TreeMap<>(sorted.tailMap(from, true));
    }
    if (to != null) {
      sorted = new TreeMap<>(sorted.headMap(to, true));
    }
    return new Entries(new ArrayList<>(sorted.keySet()));
  }

  @Override
  public long approximateNumEntries() {
    return map.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(root, this::restore);
  }

  private void restore(byte[] key, byte[] value) {
    put(Bytes.wrap(key), value);
  }

  @Override
  public void close() {
    map.clear();
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

  /** Looks each value up when it is asked for: keys deleted since then are passed over. */
  private final class Entries implements KeyValueIterator<Bytes, byte[]> {

    private final Iterator<Bytes> keys;
    private @Nullable KeyValue<Bytes, byte[]> next;

    Entries(List<Bytes> keys) {
      this.keys = keys.iterator();
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && keys.hasNext()) {
        Bytes key = keys.next();
        byte[] value = map.get(key);
        if (value != null) {
          next = KeyValue.pair(key, value);
        }
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
      KeyValue<Bytes, byte[]> current = next;
      if (current == null) {
        throw new NoSuchElementException();
      }
      advance();
      return current;
    }

    @Override
    public Bytes peekNextKey() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return next.key;
    }

    @Override
    public void close() {}
  }
}
