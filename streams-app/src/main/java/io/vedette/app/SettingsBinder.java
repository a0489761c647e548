package io.vedette.app;

import io.vedette.app.Settings.DetectorSettings;
import io.vedette.core.Property;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills the settings records from a tree of texts; what is not given keeps its default. Collects
 * errors instead of stopping at the first.
 */
final class SettingsBinder {

  private static final Object WRONG = new Object();
  private static final int FEWEST_SECRET = 16; // characters

  private final List<String> errors;

  SettingsBinder(List<String> errors) {
    this.errors = errors;
  }

  /**
   * The settings of a tree whose leaves are texts, lists of texts or null.
   *
   * @throws SettingsException with all errors, also those found before
   */
  Settings bind(Map<String, Object> tree) throws SettingsException {
    Object[] sections = components("", Settings.defaults(), tree);
    if (!errors.isEmpty()) {
      throw new SettingsException(errors);
    }
    Settings settings = (Settings) create(Settings.class, sections);
    errors.addAll(HttpRules.problems(settings.http()));
    errors.addAll(ActionRules.problems(settings));
    if (!errors.isEmpty()) {
      throw new SettingsException(errors);
    }
    return settings;
  }

  private Object record(String path, Record defaults, @Nullable Object given) {
    if (given == null) {
      return defaults;
    }
    if (!(given instanceof Map<?, ?> tree)) {
      errors.add(path + " must be a section with keys, was a single value");
      return defaults;
    }
    return create(defaults.getClass(), components(path, defaults, tree));
  }

  private Object[] components(String path, Record defaults, Map<?, ?> tree) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    List<String> names = new ArrayList<>();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      names.add(name);
      String child = path.isEmpty() ? name : path + '.' + name;
      values[i] = value(child, components[i], valueOf(components[i], defaults), tree.get(name));
    }
    for (Object name : tree.keySet()) {
      if (!names.contains(String.valueOf(name))) {
        errors.add(SettingsSuggestion.unknown(path, String.valueOf(name), names));
      }
    }
    return values;
  }

  private @Nullable Object value(
      String path, RecordComponent component, @Nullable Object fallback, @Nullable Object given) {
    if (fallback instanceof Record section) {
      return record(path, section, given);
    }
    if (path.equals("detectors")) {
      return detectors(given);
    }
    if (given == null) {
      return fallback;
    }
    Object value;
    try {
      value = parse(component.getType(), path, given);
    } catch (IllegalArgumentException | DateTimeException e) {
      value = WRONG;
    }
    SettingsKeys.Key key = Objects.requireNonNull(SettingsKeys.of(path), path);
    if (value == WRONG || (value != null && !key.check().test(value))) {
      String was = given instanceof String text ? text : "not a single value";
      errors.add(SettingsText.problem(key, path, was));
      return fallback;
    }
    return value;
  }

  private Map<String, DetectorSettings> detectors(@Nullable Object given) {
    Map<String, DetectorSettings> detectors = new TreeMap<>();
    if (given == null) {
      return detectors;
    }
    if (!(given instanceof Map<?, ?> tree)) {
      errors.add("detectors must be a section with keys, was a single value");
      return detectors;
    }
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String id = String.valueOf(entry.getKey());
      if (!Settings.DETECTORS.contains(id)) {
        errors.add(SettingsSuggestion.unknown("detectors", id, Settings.DETECTORS));
        continue;
      }
      Object detector = record("detectors." + id, DetectorSettings.DEFAULT, entry.getValue());
      DetectorSettings checked = properties(id, (DetectorSettings) detector);
      if (!checked.equals(DetectorSettings.DEFAULT)) {
        detectors.put(id, checked);
      }
    }
    return Collections.unmodifiableMap(detectors);
  }

  /** The detector's numbers under their own names, each checked against what it may be. */
  private DetectorSettings properties(String id, DetectorSettings given) {
    String section = "detectors." + id + ".properties";
    List<Property> known = Wiring.properties(id);
    Map<String, Double> numbers = new TreeMap<>();
    given
        .properties()
        .forEach(
            (name, number) -> {
              Property property =
                  known.stream()
                      .filter(p -> p.name().equalsIgnoreCase(name))
                      .findFirst()
                      .orElse(null);
              if (property == null) {
                errors.add(unknownProperty(section, name, known));
              } else if (!property.allows(number)) {
                errors.add(
                    section
                        + '.'
                        + property.name()
                        + " must be "
                        + SettingsText.allowed(property)
                        + ", was "
                        + SettingsText.number(number));
              } else {
                numbers.put(property.name(), number);
              }
            });
    own(id, "inversion", "sensitive", given.sensitive().isEmpty());
    own(id, "membership", "fingerprints", given.fingerprints().isEmpty());
    own(id, "membership", "secret", given.secret().isEmpty());
    boolean named = id.equals("membership") && !given.fingerprints().isEmpty();
    if (named && given.secret().length() < FEWEST_SECRET) {
      errors.add(
          "detectors." + id + ".secret must be 16 characters or more where fingerprints are named");
    }
    return new DetectorSettings(
        given.enabled(),
        given.maturity(),
        given.shadow(),
        Collections.unmodifiableMap(numbers),
        given.sensitive(),
        given.fingerprints(),
        given.secret(),
        given.secretFile());
  }

  /** What only one detector has is an error at another. */
  private void own(String id, String owner, String name, boolean unset) {
    if (!unset && !id.equals(owner)) {
      errors.add(
          "detectors." + id + '.' + name + " is not a setting; it is one of detectors." + owner);
    }
  }

  private static String unknownProperty(String section, String name, List<Property> known) {
    return known.isEmpty()
        ? section + '.' + name + " is not a setting; this detector has no numbers to set"
        : SettingsSuggestion.unknown(section, name, known.stream().map(Property::name).toList());
  }

  /** The value, null when the text is empty and the setting may be unset. */
  private static @Nullable Object parse(Class<?> type, String path, Object given) {
    if (type == Map.class) {
      return path.startsWith("detectors.") ? numbers(given) : texts(given);
    }
    if (type == List.class) {
      return list(given);
    }
    if (!(given instanceof String raw)) {
      return WRONG;
    }
    String text = raw.strip();
    if (type == String.class) {
      return raw;
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class) {
      return bytes(text);
    }
    if (type == double.class) {
      return Double.valueOf(text);
    }
    if (type == boolean.class) {
      return bool(text);
    }
    if (type == Duration.class) {
      return Duration.parse(text);
    }
    if (text.isEmpty()) {
      return null;
    }
    return type == Instant.class ? Instant.parse(text) : constant(type, text);
  }

  private static Object bool(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    return WRONG;
  }

  private static long bytes(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int shift =
        lower.endsWith("kib") ? 10 : lower.endsWith("mib") ? 20 : lower.endsWith("gib") ? 30 : 0;
    long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 3).strip());
    return Math.multiplyExact(number, 1L << shift);
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    return WRONG;
  }

  private static Object list(Object given) {
    List<String> list = new ArrayList<>();
    if (given instanceof String text) {
      for (String part : text.split(",")) {
        if (!part.isBlank()) {
          list.add(part.strip());
        }
      }
      return List.copyOf(list);
    }
    if (given instanceof List<?> items) {
      items.forEach(item -> list.add(String.valueOf(item)));
      return List.copyOf(list);
    }
    return WRONG;
  }

  /** A free map of texts; nested sections become dotted keys. */
  private static Object texts(Object given) {
    if (!(given instanceof Map<?, ?> tree)) {
      return WRONG;
    }
    TreeMap<String, String> texts = new TreeMap<>();
    return flatten("", tree, texts) ? Collections.unmodifiableMap(texts) : WRONG;
  }

  private static boolean flatten(String path, Map<?, ?> tree, Map<String, String> texts) {
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String child = path.isEmpty() ? entry.getKey().toString() : path + '.' + entry.getKey();
      Object value = entry.getValue();
      if (value instanceof Map<?, ?> nested) {
        if (!flatten(child, nested, texts)) {
          return false;
        }
      } else if (value instanceof List<?>) {
        return false;
      } else {
        texts.put(child, value == null ? "" : value.toString());
      }
    }
    return true;
  }

  /** A detector's numbers; names ignore case, for the environment has only one. */
  private static Object numbers(Object given) {
    if (!(texts(given) instanceof Map<?, ?> texts)) {
      return WRONG;
    }
    Map<String, Double> numbers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<?, ?> entry : texts.entrySet()) {
      double number = Double.parseDouble(entry.getValue().toString().strip());
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        return WRONG;
      }
      numbers.put(entry.getKey().toString(), number);
    }
    return Collections.unmodifiableMap(numbers);
  }

  private static @Nullable Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("accessors of settings are public and do not fail", e);
    }
  }

  private static Object create(Class<?> type, Object[] values) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = components[i].getType();
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructors of settings do not fail", e);
    }
  }
}
