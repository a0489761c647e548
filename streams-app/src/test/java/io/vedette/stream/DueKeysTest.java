package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DueKeysTest {

  private final DueKeys due = new DueKeys();

  @Test
  void shouldGiveKeysInOrderOfTimeWhenSeveralAreDue() {
    // Given
    due.set("late", 30);
    due.set("b", 10);
    due.set("a", 10);

    // When
    List<String> keys = polled(20);

    // Then
    assertThat(keys).containsExactly("a", "b");
    assertThat(polled(30)).containsExactly("late");
  }

  @Test
  void shouldCountTheLatestTimeWhenAKeyIsSetAgain() {
    // Given
    due.set("a", 10);
    due.set("a", 50);

    // When
    List<String> early = polled(49);

    // Then
    assertThat(early).isEmpty();
    assertThat(polled(50)).containsExactly("a");
  }

  @Test
  void shouldForgetWhenAKeyIsNeverDue() {
    // Given
    due.set("a", 10);

    // When
    due.set("a", Long.MAX_VALUE);

    // Then
    assertThat(polled(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldAgreeWithAMapWhenManyKeysMove() {
    // Given
    var random = new SplittableRandom(5);
    Map<String, Long> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + random.nextInt(50);
      long time = random.nextInt(1_000_000);
      due.set(key, time);
      expected.put(key, time);
    }
    List<String> sorted = new ArrayList<>(expected.keySet());
    sorted.sort((a, b) -> Long.compare(expected.get(a), expected.get(b)));

    // When
    List<String> keys = polled(1_000_000);

    // Then
    assertThat(keys).hasSameSizeAs(sorted).isEqualTo(sorted);
  }

  private List<String> polled(long now) {
    List<String> keys = new ArrayList<>();
    for (String key = due.poll(now); key != null; key = due.poll(now)) {
      keys.add(key);
    }
    return keys;
  }
}
