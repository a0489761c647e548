package io.vedette.stream;

import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;

/**
 * Tells an outage from a bad record: while the schema registry cannot be reached every record
 * fails, none is bad, and none may be skipped.
 */
public final class Outages {

  private static final int DEEPEST = 32; // causes; a chain may be a circle

  private Outages() {}

  /** Whether an error, or what caused it, is a registry that cannot be reached. */
  public static boolean registry(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof SchemaRegistryException refused && refused.kind() == Kind.UNAVAILABLE) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
