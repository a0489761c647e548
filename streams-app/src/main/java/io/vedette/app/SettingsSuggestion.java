package io.vedette.app;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a mistyped key was probably meant to be. */
final class SettingsSuggestion {

  private SettingsSuggestion() {}

  /** The error of a key that does not exist, with the nearest one that does. */
  static String unknown(String section, String name, List<String> siblings) {
    String prefix = section.isEmpty() ? "" : section + '.';
    String error = prefix + shortened(name) + " is not a setting";
    String nearest = nearest(name, siblings);
    if (nearest != null) {
      return error + "; did you mean " + prefix + nearest + "?";
    }
    for (String path : SettingsKeys.all().keySet()) {
      if (path.substring(path.lastIndexOf('.') + 1).equalsIgnoreCase(name)) {
        return error + "; did you mean " + path + "?";
      }
    }
    return error + "; allowed here: " + String.join(", ", siblings);
  }

  private static String shortened(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "...";
  }

  /** The nearest of some names, null when none is near. */
  static @Nullable String nearest(String name, List<String> names) {
    String best = null;
    int least = Integer.MAX_VALUE;
    String given = name.toLowerCase(Locale.ROOT);
    for (String candidate : names) {
      String known = candidate.toLowerCase(Locale.ROOT);
      boolean part = given.length() >= 4 && known.contains(given);
      int distance = part ? 1 : distance(given, known);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return least <= Math.max(2, Math.min(name.length(), 40) / 3) ? best : null;
  }

  /** Levenshtein distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
