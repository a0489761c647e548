package io.vedette.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a batch, numbered from 0 in order of first use.
 *
 * @param <T> value, with an equality of its own
 */
final class Numbering<T> {

  private static final int RECENT = 32; // slots

  private final Map<T, Integer> numbers = new LinkedHashMap<>();
  private final @Nullable Object[] recent = new Object[RECENT];
  private final int[] recentNumbers = new int[RECENT];

  int number(T value) {
    // Values repeat from entry to entry; texts know their hash, while a map also asks for entries.
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 8) & (RECENT - 1);
    if (value.equals(recent[slot])) {
      return recentNumbers[slot];
    }
    int number = look(value);
    recent[slot] = value;
    recentNumbers[slot] = number;
    return number;
  }

  private int look(T value) {
    Integer known = numbers.putIfAbsent(value, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** The values in order of their numbers. */
  Set<T> values() {
    return Collections.unmodifiableSet(numbers.keySet());
  }
}
