package io.vedette.state;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Builds an outbox per task; it never has a changelog.
 *
 * @param <T> entry
 */
public final class OutboxBuilder<T> implements StoreBuilder<Outbox<T>> {

  private final String name;
  private final OutboxOptions options;

  /** A builder. */
  public OutboxBuilder(String name, OutboxOptions options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public Outbox<T> build() {
    return new Outbox<>(name, options);
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StoreBuilder<Outbox<T>> withCachingEnabled() {
    throw new UnsupportedOperationException("an outbox is not cached");
  }

  @Override
  public StoreBuilder<Outbox<T>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<Outbox<T>> withLoggingEnabled(Map<String, String> config) {
    throw new UnsupportedOperationException("an outbox is empty at every commit");
  }

  @Override
  public StoreBuilder<Outbox<T>> withLoggingDisabled() {
    return this;
  }
}
