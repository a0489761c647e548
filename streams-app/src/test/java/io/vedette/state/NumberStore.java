package io.vedette.state;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Live stores of numbers over a store in memory, and what is in that one. */
final class NumberStore {

  final LongAdder damaged = new LongAdder();
  final KeyValueStore<Bytes, byte[]> inner;

  NumberStore() {
    inner =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("numbers"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    var context = new MockProcessorContext<Void, Void>();
    inner.init(context.getStateStoreContext(), inner);
  }

  /** A live store of numbers over it, which forgets in seven days. */
  LiveStore<Number> store(long budget, boolean ephemeral) {
    var options = new LiveStoreOptions(false, budget, Duration.ofDays(7), ephemeral);
    var store = new LiveStore<Number>(inner, options, damaged);
    store.bind(Number::new, Number::read);
    return store;
  }

  /** The states that are written, by key. */
  Map<String, Integer> contents() {
    Map<String, Integer> contents = new HashMap<>();
    try (var all = inner.all()) {
      all.forEachRemaining(
          kv ->
              contents.put(
                  new String(kv.key.get(), StandardCharsets.UTF_8),
                  ByteBuffer.wrap(kv.value).getInt(9)));
    }
    return contents;
  }

  static Bytes key(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A number that is written doubled. */
  static final class Doubled implements State {
    int value;

    Doubled() {}

    Doubled(int value) {
      this.value = value;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(2 * value);
    }

    @Override
    public int bytes() {
      return 8;
    }
  }

  /** A number; -1 cannot be written. */
  static final class Number implements State {
    int value;
    int size = 8;
    int writes;

    static Number read(DataInput in) throws IOException {
      var state = new Number();
      state.value = in.readInt();
      return state;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      if (value == -1) {
        throw new IllegalStateException("unwritable");
      }
      writes++;
      out.writeInt(value);
    }

    @Override
    public int bytes() {
      return size;
    }
  }
}
