package io.vedette.edge.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows: schemas by id, the versions of each subject, compatibility levels. Plain
 * memory, filled by entries alone, so that replaying the same entries gives the same book.
 */
final class SchemaBook {

  /** One schema text with its id; equal texts in canonical form share one. */
  private record Known(Schema schema, String canonical) {}

  private static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;

  private final Map<Integer, Known> byId = new HashMap<>();
  private final Map<String, Integer> idByCanonical = new HashMap<>();
  private final TreeMap<String, TreeMap<Integer, Integer>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private CompatibilityLevel globalLevel = DEFAULT_LEVEL;
  private int lastId;
  private long characters;

  void apply(SchemaEntry entry) {
    if (entry instanceof SchemaEntry.Version version) {
      if (!byId.containsKey(version.id())) {
        String canonical = CanonicalSchema.of(version.schema());
        byId.put(version.id(), new Known(version.schema(), canonical));
        idByCanonical.putIfAbsent(canonical, version.id());
        characters += version.text().length();
      }
      subjects
          .computeIfAbsent(version.subject(), s -> new TreeMap<>())
          .put(version.version(), version.id());
      lastId = Math.max(lastId, version.id());
    } else if (entry instanceof SchemaEntry.Level level) {
      if (level.subject() == null) {
        globalLevel = level.level();
      } else {
        levels.put(level.subject(), level.level());
      }
    }
  }

  /** An id that no schema has; never given twice, even if what it was for is not stored. */
  int takeId() {
    return ++lastId;
  }

  Optional<Schema> schema(int id) {
    Known known = byId.get(id);
    return known == null ? Optional.empty() : Optional.of(known.schema());
  }

  Optional<Integer> id(String canonical) {
    return Optional.ofNullable(idByCanonical.get(canonical));
  }

  List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** Version numbers, ascending; empty if the subject is unknown. */
  List<Integer> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).keySet());
  }

  /** The schemas of a subject, oldest first. */
  List<Schema> history(String subject) {
    var schemas = new ArrayList<Schema>();
    for (int version : versions(subject)) {
      version(subject, version).ifPresent(entry -> schemas.add(entry.schema()));
    }
    return schemas;
  }

  Optional<SchemaEntry.Version> version(String subject, int version) {
    TreeMap<Integer, Integer> versions = subjects.get(subject);
    Integer id = versions == null ? null : versions.get(version);
    Known known = id == null ? null : byId.get(id);
    return id == null || known == null
        ? Optional.empty()
        : Optional.of(new SchemaEntry.Version(subject, version, id, known.schema()));
  }

  /** The version of a subject that holds this schema. */
  Optional<SchemaEntry.Version> find(String subject, String canonical) {
    Integer id = idByCanonical.get(canonical);
    TreeMap<Integer, Integer> versions = subjects.get(subject);
    if (id == null || versions == null) {
      return Optional.empty();
    }
    return versions.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .findFirst()
        .flatMap(entry -> version(subject, entry.getKey()));
  }

  CompatibilityLevel globalLevel() {
    return globalLevel;
  }

  @Nullable CompatibilityLevel ownLevel(String subject) {
    return levels.get(subject);
  }

  int schemaCount() {
    return byId.size();
  }

  int subjectCount() {
    return subjects.size() + levels.size();
  }

  long characters() {
    return characters;
  }
}
