package io.vedette.edge.embedded;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** One fact that the registry has accepted and keeps. */
sealed interface SchemaEntry {

  /** A schema is this version of this subject; versions and ids count from 1. */
  record Version(String subject, int version, int id, Schema schema) implements SchemaEntry {
    String text() {
      return schema.toString();
    }
  }

  /** A compatibility level; of the whole registry if the subject is null. */
  record Level(@Nullable String subject, CompatibilityLevel level) implements SchemaEntry {}
}
