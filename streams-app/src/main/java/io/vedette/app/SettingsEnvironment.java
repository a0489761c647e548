package io.vedette.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lays environment variables over a settings tree: {@code VEDETTE_ALERTING_CLOSEAFTER} is {@code
 * alerting.closeAfter}; in free maps {@code VEDETTE_KAFKA_PROPERTIES_SASL_MECHANISM} is the
 * property {@code sasl.mechanism}.
 */
final class SettingsEnvironment {

  static final String PREFIX = "VEDETTE_";

  // Kubernetes sets these for a service called vedette; http.port is asked first.
  private static final Pattern SERVICE_LINK =
      Pattern.compile("VEDETTE_([A-Z0-9_]+_)?(SERVICE_(HOST|PORT).*|PORT(_\\d+_(TCP|UDP).*)?)");
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");
  private static final String CONFIG = "VEDETTE_CONFIG"; // names the settings file itself

  private SettingsEnvironment() {}

  static void overlay(
      Map<String, String> environment, Map<String, Object> tree, List<String> errors) {
    Map<String, String> known = known();
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      String variable = entry.getKey().toUpperCase(Locale.ROOT);
      if (!variable.startsWith(PREFIX)
          || variable.equals(CONFIG)
          || SERVICE_ADDRESS.matcher(entry.getValue()).matches()) {
        continue;
      }
      List<String> path = path(variable, known, tree);
      if (path != null) {
        put(tree, path, entry.getValue());
      } else if (!SERVICE_LINK.matcher(variable).matches()) {
        String nearest = SettingsSuggestion.nearest(variable, new ArrayList<>(known.keySet()));
        errors.add(
            "environment variable "
                + entry.getKey()
                + " is not a setting"
                + (nearest == null ? "" : "; did you mean " + nearest + "?"));
      }
    }
  }

  /** Paths by the name of their variable. */
  private static Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    for (String path : SettingsKeys.all().keySet()) {
      if (path.contains("<id>")) {
        for (String id : Settings.DETECTORS) {
          String concrete = path.replace("<id>", id);
          known.put(variable(concrete), concrete);
        }
      } else {
        known.put(variable(path), path);
      }
    }
    return known;
  }

  private static String variable(String path) {
    return PREFIX + path.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static @Nullable List<String> path(
      String variable, Map<String, String> known, Map<String, Object> tree) {
    String exact = known.get(variable);
    if (exact != null && !exact.endsWith(".properties")) {
      return List.of(exact.split("\\."));
    }
    int at = variable.indexOf("_PROPERTIES_");
    String map = at < 0 ? null : known.get(variable.substring(0, at) + "_PROPERTIES");
    if (map == null) {
      return null;
    }
    List<String> path = new ArrayList<>(List.of(map.split("\\.")));
    String rest = variable.substring(at + "_PROPERTIES_".length());
    path.add(property(rest, at(tree, path)));
    return path;
  }

  /** The property that the file already names so, else the variable's words joined by dots. */
  private static String property(String rest, @Nullable Object properties) {
    if (properties instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (variable(key.toString()).equals(PREFIX + rest)) {
          return key.toString();
        }
      }
    }
    return rest.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static @Nullable Object at(Map<String, Object> tree, List<String> path) {
    Object node = tree;
    for (String name : path) {
      node = node instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return node;
  }

  @SuppressWarnings("unchecked") // the loader's tree has text keys throughout
  private static void put(Map<String, Object> tree, List<String> path, String value) {
    Map<String, Object> node = tree;
    for (String name : path.subList(0, path.size() - 1)) {
      Object child = node.get(name);
      if (!(child instanceof Map)) {
        child = new LinkedHashMap<String, Object>();
        node.put(name, child);
      }
      node = (Map<String, Object>) child;
    }
    node.put(path.get(path.size() - 1), value);
  }
}
