package io.vedette.app;

import io.vedette.schemas.Schemas;
import io.vedette.schemas.TopicCatalogue;
import io.vedette.wire.RegistryClient;
import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * The schema registry as the service will meet it: whether it answers, lets us in and takes the
 * schemas that the service writes. Nothing is registered.
 *
 * @param problems why the service could not read or write a record, one line each
 * @param warnings what works today and may break tomorrow, one line each
 */
record RegistryCheck(List<String> problems, List<String> warnings) {

  private static final String PROMISED = "FULL_TRANSITIVE"; // by the contract
  private static final Set<String> WRITTEN = Set.of("findings", "incidents", "baselines");

  /** Asks the registry of the settings. */
  static RegistryCheck of(Settings settings) {
    RegistryCheck check = new RegistryCheck(new ArrayList<>(), new ArrayList<>());
    try (RegistryClient client = RegistryClient.from(RegistryLogin.properties(settings))) {
      check.subjects(settings, client);
    } catch (ConfigException e) {
      if (!foreign(settings)) { // a foreign serializer may know logins that ours does not
        check.problems.add("registry: " + e.getMessage());
      }
    } catch (SchemaRegistryException e) {
      if (!foreign(settings)) { // its registry need not speak this protocol
        check.problems.add(text(settings, e));
      }
    }
    return check;
  }

  private static boolean foreign(Settings settings) {
    return !settings.avro().serializer().isEmpty() || !settings.avro().deserializer().isEmpty();
  }

  private void subjects(Settings settings, RegistryClient client) {
    boolean registers = !isFalse(settings, "auto.register.schemas");
    boolean latest = "true".equalsIgnoreCase(property(settings, "use.latest.version"));
    Map<String, Set<String>> subjectsByLevel = new TreeMap<>();
    settings
        .topics()
        .byRole()
        .forEach(
            (role, topic) ->
                TopicCatalogue.topic(role)
                    .schema()
                    .ifPresent(
                        name -> {
                          String subject = topic + "-value";
                          if (written(settings, role)) {
                            written(client, subject, Schemas.of(name), registers, latest);
                          }
                          level(client, subject, subjectsByLevel);
                        }));
    subjectsByLevel.remove(PROMISED);
    subjectsByLevel.forEach(
        (level, subjects) ->
            warnings.add(
                "compatibility level "
                    + level
                    + " in the registry, must be "
                    + PROMISED
                    + " for what the contract promises to readers of old records: "
                    + String.join(", ", subjects)));
  }

  private static boolean written(Settings settings, String role) {
    return WRITTEN.contains(role)
        || (role.equals("actions") && !settings.actions().detectors().isEmpty());
  }

  private void written(
      RegistryClient client, String subject, Schema schema, boolean registers, boolean latest) {
    try {
      if (registers || !latest) {
        client.lookUp(subject, schema);
      } else {
        client.latest(subject);
      }
      return; // it is there
    } catch (SchemaRegistryException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
    if (!registers) {
      problems.add(
          "schema of subject "
              + subject
              + " is not in the registry, and auto.register.schemas is false");
      return;
    }
    try {
      if (!client.compatible(subject, schema)) {
        problems.add(
            "the registry does not take the schema of subject "
                + subject
                + ": it is not compatible with the latest version there, level "
                + client.level(subject));
      }
    } catch (SchemaRegistryException e) {
      if (e.kind() == Kind.UNAVAILABLE && e.status() != 403) {
        throw e;
      } // else there is no version yet, or this is not ours to ask
    }
  }

  private static void level(
      RegistryClient client, String subject, Map<String, Set<String>> subjectsByLevel) {
    try {
      subjectsByLevel.computeIfAbsent(client.level(subject), level -> new TreeSet<>()).add(subject);
    } catch (SchemaRegistryException e) {
      if (e.status() != 403 && e.status() != 404) { // who may not ask may still read and write
        throw e;
      }
    }
  }

  private static String text(Settings settings, SchemaRegistryException error) {
    String at =
        " at registry.url = "
            + SettingsText.shown("registry.url", settings.registry().url())
            + ": ";
    return switch (error.status()) {
      case 401, 403 ->
          "the schema registry refuses the login"
              + at
              + error.getMessage()
              + " (registry.properties: basic.auth.*, bearer.auth.*)";
      case 0 -> "no schema registry answers" + at + error.getMessage();
      default -> "no schema registry" + at + error.getMessage();
    };
  }

  private static boolean isFalse(Settings settings, String key) {
    return "false".equalsIgnoreCase(property(settings, key));
  }

  private static String property(Settings settings, String key) {
    return settings.registry().properties().getOrDefault(key, "");
  }
}
