package io.vedette.wire;

import org.apache.avro.Schema;

/**
 * A registry of schemas by id. Implementations are safe for use by several threads and keep what
 * they have seen, so that a repeated call costs no round trip.
 */
public interface SchemaRegistry extends AutoCloseable {

  /**
   * A registered schema.
   *
   * @param id id in the registry
   * @param schema the schema
   */
  record Registered(int id, Schema schema) {}

  /**
   * Registers a schema, or finds it registered.
   *
   * @return its id
   * @throws SchemaRegistryException when the registry refuses or cannot be reached
   */
  int register(String subject, Schema schema);

  /**
   * Finds the id of a schema under a subject.
   *
   * @throws SchemaRegistryException when it is not registered or the registry cannot be reached
   */
  int lookUp(String subject, Schema schema);

  /**
   * The schema with an id.
   *
   * @throws SchemaRegistryException when there is none or the registry cannot be reached
   */
  Schema byId(int id);

  /**
   * The newest version of a subject.
   *
   * @throws SchemaRegistryException when there is none or the registry cannot be reached
   */
  Registered latest(String subject);

  /** Releases connections. */
  @Override
  default void close() {}
}
