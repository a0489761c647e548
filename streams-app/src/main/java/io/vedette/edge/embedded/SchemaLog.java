package io.vedette.edge.embedded;

import java.util.function.Consumer;

/** Where accepted entries are kept. */
interface SchemaLog extends AutoCloseable {

  /** Gives every kept entry, oldest first. */
  void replay(Consumer<SchemaEntry> reader);

  /**
   * Keeps an entry; returns when it will survive a restart.
   *
   * @throws RegistryException if that is not certain
   */
  void append(SchemaEntry entry);

  @Override
  void close();

  /** Keeps nothing: entries live as long as the registry. */
  static SchemaLog none() {
    return new SchemaLog() {
      @Override
      public void replay(Consumer<SchemaEntry> reader) {}

      @Override
      public void append(SchemaEntry entry) {}

      @Override
      public void close() {}
    };
  }
}
