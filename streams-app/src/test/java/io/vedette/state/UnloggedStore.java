package io.vedette.state;

import io.vedette.core.State;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.Stores;

/** A live store over memory without a changelog, for tests of a stage alone. */
public final class UnloggedStore {

  private UnloggedStore() {}

  /** A store with a name. */
  public static <S extends State> LiveStore<S> named(String name) {
    return new LiveStore<>(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build(),
        new LiveStoreOptions(false, 64L << 20, Duration.ofDays(7), false),
        new LongAdder());
  }
}
