package io.vedette.wire;

import io.vedette.schemas.Schemas;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The released versions of one schema as a registry, for bytes that stay inside Vedette: the id is
 * the version, so a store needs no server and its records outlive an upgrade.
 */
final class ReleasedSchemas implements SchemaRegistry {

  private final String name;
  private final List<Schema> versions;

  ReleasedSchemas(String name) {
    this.name = name;
    this.versions = Schemas.released(name);
  }

  @Override
  public int register(String subject, Schema schema) {
    return lookUp(subject, schema);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    String form = SchemaNormalization.toParsingForm(schema);
    for (int version = versions.size(); version > 0; version--) {
      if (SchemaNormalization.toParsingForm(versions.get(version - 1)).equals(form)) {
        return version;
      }
    }
    throw new SchemaRegistryException(Kind.NOT_FOUND, name + " of this build is not released");
  }

  @Override
  public Schema byId(int id) {
    if (id < 1 || id > versions.size()) {
      throw new SchemaRegistryException(
          Kind.NOT_FOUND, name + " has versions 1 to " + versions.size() + ", not " + id);
    }
    return versions.get(id - 1);
  }

  @Override
  public Registered latest(String subject) {
    return new Registered(versions.size(), versions.get(versions.size() - 1));
  }
}
