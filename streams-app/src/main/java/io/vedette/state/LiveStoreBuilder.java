package io.vedette.state;

import io.vedette.core.State;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds a live store per task, with a compacted changelog unless it is ephemeral.
 *
 * @param <S> state per key
 */
public final class LiveStoreBuilder<S extends State> implements StoreBuilder<LiveStore<S>> {

  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  private final String name;
  private final LiveStoreOptions options;
  private final LongAdder damaged;
  private final LongAdder held;
  private final AtomicInteger open = new AtomicInteger(); // stores that share the budget

  /**
   * A builder.
   *
   * @param damaged counts states that could not be read or written
   */
  public LiveStoreBuilder(String name, LiveStoreOptions options, LongAdder damaged) {
    this(name, options, damaged, new LongAdder());
  }

  /**
   * A builder.
   *
   * @param damaged counts states that could not be read or written
   * @param held sums the estimated heap of the live states, bytes, as of the last commits
   */
  public LiveStoreBuilder(
      String name, LiveStoreOptions options, LongAdder damaged, LongAdder held) {
    this.name = name;
    this.options = options;
    this.damaged = damaged;
    this.held = held;
  }

  @Override
  public LiveStore<S> build() {
    if (options.ephemeral()) {
      return new LiveStore<>(new HashStore(name), options, damaged, open, held);
    }
    var supplier =
        options.persistent()
            ? Stores.persistentKeyValueStore(name)
            : Stores.inMemoryKeyValueStore(name);
    StoreBuilder<KeyValueStore<Bytes, byte[]>> inner =
        Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(CHANGELOG);
    return new LiveStore<>(inner.build(), options, damaged, open, held);
  }

  @Override
  public boolean loggingEnabled() {
    return !options.ephemeral();
  }

  @Override
  public Map<String, String> logConfig() {
    return CHANGELOG;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StoreBuilder<LiveStore<S>> withCachingEnabled() {
    throw new UnsupportedOperationException("a live store is its own cache");
  }

  @Override
  public StoreBuilder<LiveStore<S>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<LiveStore<S>> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("logging follows from the options");
  }

  @Override
  public StoreBuilder<LiveStore<S>> withLoggingDisabled() {
    throw new UnsupportedOperationException("logging follows from the options");
  }
}
