package io.vedette.detect.inversion;

import io.vedette.core.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the marked features of a model's rows, and hashes what is left without them. */
final class Marks {

  static final int MOST_FEATURES = 8; // of one model
  private static final int MOST_MODELS = 4096;

  private final List<InversionConfig.Sensitive> marks;
  private final Map<String, List<String>> byModel = new HashMap<>();
  private final int[] groups = new int[Entities.GROUPS];
  private int used;
  private int value;

  Marks(InversionConfig config) {
    this.marks = config.sensitive();
  }

  /** The marked features of a model, eight at most. */
  List<String> of(String model) {
    if (marks.isEmpty()) {
      return List.of();
    }
    List<String> features = byModel.get(model);
    if (features == null) {
      features =
          marks.stream()
              .filter(mark -> mark.concerns(model))
              .map(InversionConfig.Sensitive::feature)
              .distinct()
              .limit(MOST_FEATURES)
              .toList();
      if (byModel.size() < MOST_MODELS) {
        byModel.put(model, features);
      }
    }
    return features;
  }

  /** Hashes the groups of a row without a feature; false when the row has no such feature. */
  boolean hash(Payload.Features row, int index, String feature) {
    int columns = row.columns();
    Arrays.fill(groups, 0);
    int left = -1;
    int n = 0;
    for (int i = 0; i < columns; i++) {
      if (left < 0 && is(i, feature)) {
        left = i;
        value = Float.floatToIntBits(row.values()[index * columns + i] + 0f);
        continue;
      }
      add(n++, Float.floatToIntBits(row.values()[index * columns + i] + 0f));
    }
    for (Payload.Categorical category : row.categorical()) {
      if (left < 0 && category.name().equals(feature)) {
        left = columns;
        value = category.values().get(index).hashCode();
        continue;
      }
      add(n++, category.values().get(index).hashCode());
    }
    used = Math.min(Entities.GROUPS, n);
    return left >= 0;
  }

  private static boolean is(int column, String feature) {
    int length = feature.length();
    if (length > 7 || length == 0) {
      return false;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      int digit = feature.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      number = 10 * number + digit;
    }
    return number == column;
  }

  private void add(int n, int value) {
    int g = n % Entities.GROUPS;
    int mixed = (groups[g] ^ value) * 0x9E3779B1;
    groups[g] = mixed ^ mixed >>> 15;
  }

  int[] groups() {
    return groups;
  }

  /** Hash of what the left-out feature holds. */
  int value() {
    return value;
  }

  int used() {
    return used;
  }
}
