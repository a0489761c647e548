package io.vedette.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Values that stand for a secret elsewhere, such as <code>${dir:/run/secrets:password}</code>: read
 * by Kafka's config providers, and named when they cannot be. Kafka leaves what it cannot read as
 * it is, and would log in with the text.
 */
final class SecretReferences {

  private static final String PROVIDERS = "config.providers";

  private SecretReferences() {}

  /**
   * The properties with the secrets in their places; what is not found stays as it was.
   *
   * @param fallback where config providers are named when the properties name none
   * @throws org.apache.kafka.common.config.ConfigException when a provider cannot be made
   */
  static Map<String, String> read(Map<String, String> properties, Map<String, String> fallback) {
    if (properties.values().stream().noneMatch(SecretReferences::refers)) {
      return properties;
    }
    Map<String, String> named = properties.containsKey(PROVIDERS) ? properties : fallback;
    Map<String, String> providers = new HashMap<>(named);
    providers.keySet().removeIf(key -> !key.startsWith(PROVIDERS));
    Map<String, String> read = new HashMap<>();
    new AbstractConfig(new ConfigDef(), properties, providers, false)
        .originals()
        .forEach((key, value) -> read.put(key, String.valueOf(value)));
    return read;
  }

  /** One line for each property that still names a secret, which is not shown. */
  static List<String> unread(String section, Map<String, ?> properties) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              if (value instanceof String text && refers(text)) {
                problems.add(
                    section
                        + key
                        + " names a secret that its config provider does not find; allowed is the"
                        + " path of a file that exists, within"
                        + " config.providers.<name>.param.allowed.paths");
              }
            });
    return problems;
  }

  private static boolean refers(String value) {
    return value.matches("(?s).*\\$\\{\\w+:.*");
  }
}
