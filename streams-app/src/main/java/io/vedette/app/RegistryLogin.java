package io.vedette.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** What stands between us and the schema registry: its address and the secrets of the login. */
final class RegistryLogin {

  static final String URL = "schema.registry.url";

  private RegistryLogin() {}

  /**
   * Address and properties of the registry as its client takes them, secrets in their places.
   * Providers are those of {@code registry.properties}, else those of {@code kafka.properties}.
   *
   * @throws IllegalStateException naming each secret that cannot be read: its text is no login
   */
  static Map<String, String> properties(Settings settings) {
    Map<String, String> read;
    try {
      read = read(settings);
    } catch (ConfigException e) {
      throw new IllegalStateException("registry.properties: " + e.getMessage(), e);
    }
    List<String> problems = unread(read);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
    return read;
  }

  /** Properties whose secret cannot be read, one line each. */
  static List<String> unresolved(Settings settings) {
    try {
      return unread(read(settings));
    } catch (ConfigException e) {
      return List.of("registry.properties: " + e.getMessage());
    }
  }

  private static List<String> unread(Map<String, String> read) {
    return SecretReferences.unread("registry.properties.", read).stream()
        .map(line -> line.replaceFirst("^registry.properties." + URL, "registry.url"))
        .toList();
  }

  private static Map<String, String> read(Settings settings) {
    Map<String, String> given = new HashMap<>(settings.registry().properties());
    given.put(URL, settings.registry().url());
    return SecretReferences.read(given, settings.kafka().properties());
  }
}
