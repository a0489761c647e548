package io.vedette.wire;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the codec.
 *
 * @param autoRegister key {@code auto.register.schemas}, default true
 * @param useLatest key {@code use.latest.version}, default false
 * @param maxRecordBytes key {@code avro.max.record.bytes}, 64 to 64 MiB, default 4 MiB
 */
record WireConfig(boolean autoRegister, boolean useLatest, int maxRecordBytes) {

  static final int DEFAULT_MAX_RECORD_BYTES = 4 << 20;

  private static final int SMALLEST = 64;
  private static final int LARGEST = 64 << 20;

  static WireConfig from(Map<String, ?> settings) {
    return new WireConfig(
        flag(settings, "auto.register.schemas", true),
        flag(settings, "use.latest.version", false),
        number(settings, "avro.max.record.bytes", DEFAULT_MAX_RECORD_BYTES, SMALLEST, LARGEST));
  }

  static boolean flag(Map<String, ?> settings, String key, boolean otherwise) {
    String text = text(settings, key);
    if (text == null) {
      return otherwise;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new ConfigException(key, text, "must be true or false");
  }

  static int number(Map<String, ?> settings, String key, int otherwise, int low, int high) {
    String text = text(settings, key);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, with the range
    }
    throw new ConfigException(key, text, "must be " + low + " to " + high);
  }

  static @Nullable String text(Map<String, ?> settings, String key) {
    Object value = settings.get(key);
    if (value == null || value.toString().isBlank()) {
      return null;
    }
    return value.toString().trim();
  }
}
