package io.vedette.app;

import io.vedette.core.Property;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings as text: the flat list of keys and values, the hash and the reference table. */
final class SettingsText {

  static final String HIDDEN = "(hidden)";

  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

  private SettingsText() {}

  /** All keys and values in order of key, secrets in the clear; for hashing and comparing. */
  static SortedMap<String, String> flat(Settings settings) {
    SortedMap<String, String> flat = new TreeMap<>();
    collect("", settings, (path, value) -> flat.put(path, text(value)));
    return flat;
  }

  /** What is wrong with the values, one error each. */
  static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    collect(
        "",
        settings,
        (path, value) -> {
          SettingsKeys.Key key = SettingsKeys.of(path);
          if (key != null && value != null && !key.check().test(value)) {
            problems.add(problem(key, path, text(value)));
          }
        });
    problems.addAll(HttpRules.problems(settings.http()));
    problems.addAll(ActionRules.problems(settings));
    return problems;
  }

  /** One error: the key, what is allowed, and the value unless it is secret. */
  static String problem(SettingsKeys.Key key, String path, String value) {
    return path + " must be " + key.allowed() + ", was " + shown(path, shortened(value));
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "...";
  }

  private interface Leaves {
    void leaf(String path, @Nullable Object value);
  }

  static String describe(Settings settings) {
    return flat(settings).entrySet().stream()
        .map(e -> e.getKey() + ": " + shown(e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A value as it may be shown. */
  static String shown(String key, String value) {
    if (SettingsKeys.secret(key) && !value.isEmpty()) {
      return HIDDEN;
    }
    return USER_INFO.matcher(value).replaceAll("://" + HIDDEN + "@");
  }

  static String configHash(Settings settings) {
    String canonical =
        flat(settings).entrySet().stream()
            .filter(e -> SettingsKeys.decides(e.getKey()) && !SettingsKeys.secret(e.getKey()))
            .map(e -> e.getKey() + '=' + e.getValue() + '\n')
            .collect(Collectors.joining());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The reference of all settings, a Markdown table. */
  static String reference() {
    Map<String, String> defaults = flat(Settings.defaults());
    StringBuilder table = new StringBuilder("| key | default | must be | what it is |\n");
    table.append("|---|---|---|---|\n");
    for (SettingsKeys.Key key : SettingsKeys.all().values()) {
      String value = defaults.getOrDefault(key.path(), "");
      if (key.path().endsWith("<id>.enabled")) {
        value = "true";
      } else if (key.path().endsWith("<id>.shadow")) {
        value = "false";
      }
      table.append(
          String.format(
              "| `%s` | %s | %s | %s |%n",
              key.path(),
              value.isEmpty() ? "" : '`' + value + '`',
              key.allowed(),
              key.text().replace("|", "\\|")));
    }
    return table.toString().replace(System.lineSeparator(), "\n");
  }

  /** What a detector's number may be, to follow "must be". */
  static String allowed(Property property) {
    return "a number from " + number(property.least()) + " to " + number(property.most());
  }

  static String number(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** The numbers of all detectors, a Markdown table. */
  static String properties() {
    StringBuilder table = new StringBuilder("| key | default | must be | what it is |\n");
    table.append("|---|---|---|---|\n");
    for (String id : Settings.DETECTORS) {
      for (Property p : Wiring.properties(id)) {
        table.append(
            "| `detectors.%s.properties.%s` | `%s` | %s | %s |\n"
                .formatted(id, p.name(), number(p.usual()), allowed(p), p.text()));
      }
    }
    return table.toString();
  }

  private static void collect(String path, @Nullable Object value, Leaves leaves) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        String child = path.isEmpty() ? component.getName() : path + '.' + component.getName();
        collect(child, valueOf(component, record), leaves);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> collect(path + '.' + k, v, leaves));
    } else {
      leaves.leaf(path, value);
    }
  }

  private static @Nullable Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("accessors of settings are public and do not fail", e);
    }
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Enum<?> name) {
      return name.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value.toString();
  }
}
