package io.vedette.stream;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Keys in the order in which they are due; a key is due once, and its latest time counts. */
final class DueKeys {

  private final Map<String, Long> times = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::timeMicros).thenComparing(Due::key));

  /** Sets when a key is due, {@link Long#MAX_VALUE} for never. */
  void set(String key, long timeMicros) {
    if (timeMicros == Long.MAX_VALUE) {
      times.remove(key);
      return;
    }
    Long before = times.put(key, timeMicros);
    if (before == null || before != timeMicros) {
      queue.add(new Due(timeMicros, key));
      compact();
    }
  }

  /** Forgets all keys. */
  void clear() {
    times.clear();
    queue.clear();
  }

  /** Removes and gives the first key due at or before a time, null when there is none. */
  @Nullable String poll(long nowMicros) {
    for (Due first = queue.peek();
        first != null && first.timeMicros <= nowMicros;
        first = queue.peek()) {
      queue.poll();
      if (isCurrent(first)) {
        times.remove(first.key);
        return first.key;
      }
    }
    return null;
  }

  private boolean isCurrent(Due entry) {
    Long time = times.get(entry.key);
    return time != null && time == entry.timeMicros;
  }

  private void compact() {
    if (queue.size() > 4 * times.size() + 1024) {
      queue.removeIf(entry -> !isCurrent(entry));
    }
  }

  /** A key with a time. */
  private record Due(long timeMicros, String key) {}
}
