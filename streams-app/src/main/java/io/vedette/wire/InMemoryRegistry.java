package io.vedette.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry in memory, for replay and tests: ids count up from 1, nothing leaves the process. */
public final class InMemoryRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    int id = idOf(schema);
    if (id == 0) {
      schemas.add(schema);
      id = schemas.size();
    }
    List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  @Override
  public synchronized int lookUp(String subject, Schema schema) {
    int id = idOf(schema);
    if (id == 0 || !subjects.getOrDefault(subject, List.of()).contains(id)) {
      throw notFound("schema " + schema.getFullName() + " is not registered under " + subject);
    }
    return id;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw notFound("no schema has the id " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized Registered latest(String subject) {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    if (versions.isEmpty()) {
      throw notFound("subject " + subject + " has no version");
    }
    int id = versions.get(versions.size() - 1);
    return new Registered(id, byId(id));
  }

  private int idOf(Schema schema) {
    return schemas.indexOf(schema) + 1;
  }

  private static SchemaRegistryException notFound(String message) {
    return new SchemaRegistryException(SchemaRegistryException.Kind.NOT_FOUND, message);
  }
}
