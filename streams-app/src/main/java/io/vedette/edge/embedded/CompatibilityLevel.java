package io.vedette.edge.embedded;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** How far a new version of a subject may differ from the versions before it. */
enum CompatibilityLevel {
  NONE(false, false, false),
  /** Readers with the new schema read data of the latest version. */
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  /** Readers with the latest version read data of the new schema. */
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private static final int REASONS = 3; // named in a message; the rest follows from fixing these

  private final boolean readsOld;
  private final boolean readByOld;
  private final boolean transitive;

  CompatibilityLevel(boolean readsOld, boolean readByOld, boolean transitive) {
    this.readsOld = readsOld;
    this.readByOld = readByOld;
    this.transitive = transitive;
  }

  /** The level of this name in any case, or empty. */
  static Optional<CompatibilityLevel> named(String name) {
    try {
      return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Why the candidate may not follow these versions, or empty if it may.
   *
   * @param versions oldest first
   */
  Optional<String> objection(Schema candidate, List<Schema> versions) {
    int from = transitive ? 0 : Math.max(0, versions.size() - 1);
    for (int i = versions.size() - 1; i >= from; i--) {
      Optional<String> objection = objection(candidate, versions.get(i));
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private Optional<String> objection(Schema candidate, Schema version) {
    Optional<String> objection = Optional.empty();
    if (readsOld) {
      objection = cannotRead(candidate, version, "the new schema cannot read an earlier one");
    }
    if (objection.isEmpty() && readByOld) {
      objection = cannotRead(version, candidate, "an earlier schema cannot read the new one");
    }
    return objection;
  }

  private static Optional<String> cannotRead(Schema reader, Schema writer, String what) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) {
      return Optional.empty();
    }
    var reasons = new StringBuilder(what);
    result.getIncompatibilities().stream()
        .limit(REASONS)
        .map(CompatibilityLevel::describe)
        .forEach(reason -> reasons.append("; ").append(reason));
    return Optional.of(reasons.toString());
  }

  private static String describe(Incompatibility incompatibility) {
    return incompatibility.getType() + " at " + incompatibility.getLocation();
  }
}
