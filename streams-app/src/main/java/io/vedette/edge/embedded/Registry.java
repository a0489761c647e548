package io.vedette.edge.embedded;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of the registry: who gets which id, what may follow what. One call at a time. */
final class Registry {

  /*
   * Protected subjects are FULL_TRANSITIVE whatever a client asks. They are said to have no level
   * of their own (404), as any subject that inherits one: @kafkajs refuses to register when a
   * subject's level is not the one its caller passed (by default BACKWARD), and is content with 404.
   * It then sends PUT with BACKWARD, which we answer with the level that stays in force.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private static final CompatibilityLevel PROTECTED = CompatibilityLevel.FULL_TRANSITIVE;

  static final int MAX_SCHEMAS = 5_000;
  static final int MAX_SUBJECTS = 5_000;
  static final int MAX_SUBJECT_CHARACTERS = 512;
  static final long MAX_CHARACTERS = 32L << 20; // of all schema texts together

  private final SchemaBook book = new SchemaBook();
  private final SchemaLog log;
  private final Set<String> protectedSubjects;

  Registry(SchemaLog log, Set<String> protectedSubjects) {
    this.log = log;
    this.protectedSubjects = Set.copyOf(protectedSubjects);
    log.replay(book::apply);
  }

  synchronized SchemaEntry.Version register(String subject, Schema schema) {
    String canonical = CanonicalSchema.of(schema);
    Optional<SchemaEntry.Version> present = book.find(subject, canonical);
    if (present.isPresent()) {
      return present.get();
    }
    CompatibilityLevel level = level(subject);
    Optional<String> objection = level.objection(schema, book.history(subject));
    if (objection.isPresent()) {
      throw RegistryException.incompatible(subject, level, objection.get());
    }
    Optional<Integer> knownId = book.id(canonical);
    if (knownId.isEmpty()) {
      checkRoom(schema);
    }
    checkSubject(subject);
    int id = knownId.isPresent() ? knownId.get() : book.takeId();
    // Another text of the same schema may be known by this id: the first one stays.
    Schema text = book.schema(id).orElse(schema);
    var entry = new SchemaEntry.Version(subject, nextVersion(subject), id, text);
    keep(entry);
    return entry;
  }

  synchronized SchemaEntry.Version lookup(String subject, Schema schema) {
    requireSubject(subject);
    return book.find(subject, CanonicalSchema.of(schema)).orElseThrow(RegistryException::noSchema);
  }

  synchronized Schema schema(int id) {
    return book.schema(id).orElseThrow(RegistryException::noSchema);
  }

  synchronized List<String> subjects() {
    return book.subjects();
  }

  synchronized List<Integer> versions(String subject) {
    requireSubject(subject);
    return book.versions(subject);
  }

  /** A version of a subject; the latest for 0. */
  synchronized SchemaEntry.Version version(String subject, int version) {
    requireSubject(subject);
    int number = version == 0 ? nextVersion(subject) - 1 : version;
    return book.version(subject, number)
        .orElseThrow(() -> RegistryException.noVersion(String.valueOf(number)));
  }

  /** Whether the schema may stand beside this version (the latest for 0) of the subject. */
  synchronized boolean compatible(String subject, int version, Schema schema) {
    if (version == 0 && book.versions(subject).isEmpty()) {
      return true; // nothing to disagree with
    }
    Schema other = version(subject, version).schema();
    return level(subject).objection(schema, List.of(other)).isEmpty();
  }

  synchronized CompatibilityLevel globalLevel() {
    return book.globalLevel();
  }

  /** The level in force for a subject. */
  synchronized CompatibilityLevel level(String subject) {
    if (protectedSubjects.contains(subject)) {
      return PROTECTED;
    }
    CompatibilityLevel own = book.ownLevel(subject);
    return own == null ? book.globalLevel() : own;
  }

  /** The level that was set for this very subject. */
  synchronized CompatibilityLevel ownLevel(String subject) {
    CompatibilityLevel own = protectedSubjects.contains(subject) ? null : book.ownLevel(subject);
    if (own == null) {
      throw RegistryException.noLevel(subject);
    }
    return own;
  }

  /** Sets a level, of the whole registry if the subject is null; returns the one in force. */
  synchronized CompatibilityLevel setLevel(@Nullable String subject, CompatibilityLevel level) {
    if (subject == null) {
      keep(new SchemaEntry.Level(null, level));
      return level;
    }
    if (protectedSubjects.contains(subject)) {
      if (level != PROTECTED) {
        LOG.warn("compatibility of a protected subject stays: asked={} kept={}", level, PROTECTED);
      }
      return PROTECTED;
    }
    checkSubject(subject);
    keep(new SchemaEntry.Level(subject, level));
    return level;
  }

  private void keep(SchemaEntry entry) {
    log.append(entry);
    book.apply(entry);
  }

  private int nextVersion(String subject) {
    List<Integer> versions = book.versions(subject);
    return versions.isEmpty() ? 1 : versions.get(versions.size() - 1) + 1;
  }

  private void requireSubject(String subject) {
    if (book.versions(subject).isEmpty()) {
      throw RegistryException.noSubject(subject);
    }
  }

  private void checkRoom(Schema schema) {
    if (book.schemaCount() >= MAX_SCHEMAS) {
      throw RegistryException.full("it holds at most " + MAX_SCHEMAS + " schemas");
    }
    if (book.characters() + schema.toString().length() > MAX_CHARACTERS) {
      throw RegistryException.full("schemas hold at most " + MAX_CHARACTERS + " characters");
    }
  }

  private void checkSubject(String subject) {
    if (subject.length() > MAX_SUBJECT_CHARACTERS) {
      throw RegistryException.badRequest(
          "Subject must have at most " + MAX_SUBJECT_CHARACTERS + " characters");
    }
    boolean known = !book.versions(subject).isEmpty() || book.ownLevel(subject) != null;
    if (!known && book.subjectCount() >= MAX_SUBJECTS) {
      throw RegistryException.full("it holds at most " + MAX_SUBJECTS + " subjects");
    }
  }
}
