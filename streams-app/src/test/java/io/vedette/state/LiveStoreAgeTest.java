package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States that are not taken as they were written: too old, damaged, or of another format. */
class LiveStoreAgeTest {

  private static final long DAY = Duration.ofDays(1).toMillis() * 1000;

  private final NumberStore numbers = new NumberStore();

  @Test
  void shouldStartAfreshWhenBytesAreDamaged() {
    // Given
    var store = numbers.store(1 << 20, false);
    numbers.inner.put(
        NumberStore.key("format"), new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
    numbers.inner.put(NumberStore.key("short"), new byte[] {1});
    numbers.inner.put(NumberStore.key("cut"), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2});
    numbers.inner.put(NumberStore.key("long"), new byte[20]);

    // When
    List<Integer> values = new ArrayList<>();
    for (String key : List.of("format", "short", "cut", "long")) {
      values.add(store.get(key, 0).value);
    }

    // Then
    assertThat(values).containsOnly(0);
    assertThat(numbers.damaged.sum()).isEqualTo(4);
  }

  @Test
  void shouldKeepLastWrittenStateWhenStateCannotBeWritten() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    store.get("a", 0).value = -1;

    // When
    store.flushCache();

    // Then
    assertThat(numbers.contents()).containsEntry("a", 7);
    assertThat(numbers.damaged.sum()).isEqualTo(1);
  }

  @Test
  void shouldStartAfreshWhenStateWasIdleTooLong() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.get("b", 5 * DAY).value = 8;

    // When
    int idle = store.get("a", 8 * DAY).value;

    // Then
    assertThat(idle).isZero();
    assertThat(store.get("b", 8 * DAY).value).isEqualTo(8);
  }

  @Test
  void shouldDropIdleStatesWhenCommitting() {
    // Given
    var store = numbers.store(1 << 20, false);
    for (int i = 0; i < 300; i++) {
      store.get("k" + i, 0);
    }
    store.flushCache();
    store.get("fresh", 9 * DAY);

    // When
    store.flushCache();
    store.flushCache();

    // Then
    assertThat(numbers.contents()).containsOnlyKeys("fresh");
    assertThat(store.liveStates()).isEqualTo(1);
  }

  @Test
  void shouldSweepIdleStatesWhenTheyAreNotLive() {
    // Given
    var store = numbers.store(1 << 20, false);
    for (int i = 0; i < 400; i++) {
      store.get("k" + i, 0);
    }
    store.flushCache();
    store.clearCache();
    store.get("fresh", 9 * DAY);

    // When
    for (int i = 0; i < 3; i++) {
      store.flushCache();
    }

    // Then
    assertThat(numbers.contents()).containsOnlyKeys("fresh");
  }

  @Test
  void shouldReadOlderStatesAndWriteThemAnewWhenTheFormatHasChanged() {
    // Given: two states as the release before wrote them, and a version that writes twice the value
    var before = numbers.store(1 << 20, false);
    before.get("a", 5).value = 7;
    before.get("b", 5).value = 8;
    before.flushCache();
    var options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var store = new LiveStore<NumberStore.Doubled>(numbers.inner, options, numbers.damaged);
    store.bind(
        NumberStore.Doubled::new,
        StateFormats.<NumberStore.Doubled>first(in -> new NumberStore.Doubled(in.readInt()))
            .then(in -> new NumberStore.Doubled(in.readInt() / 2)));

    // When
    int read = store.get("a", 6).value;
    store.flushCache();
    store.forget();

    // Then
    assertThat(read).isEqualTo(7);
    assertThat(numbers.inner.get(NumberStore.key("a"))).startsWith(2).endsWith(0, 0, 0, 14);
    assertThat(numbers.inner.get(NumberStore.key("b"))).startsWith(1).endsWith(0, 0, 0, 8);
    assertThat(store.get("a", 7).value).isEqualTo(7);
    assertThat(store.get("b", 7).value).isEqualTo(8);
    assertThat(numbers.damaged.sum()).isZero();
  }

  @Test
  void shouldStartAfreshWhenANewerVersionWroteTheState() {
    // Given
    numbers.inner.put(NumberStore.key("a"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 7});

    // When
    int value = numbers.store(1 << 20, false).get("a", 6).value;

    // Then
    assertThat(value).isZero();
    assertThat(numbers.damaged.sum()).isEqualTo(1);
  }

  @Test
  void shouldForgetAnIdleStateWhenItsFormatIsAnOlderOne() {
    // Given
    var before = numbers.store(1 << 20, false);
    before.get("a", 0).value = 7;
    before.flushCache();
    var options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var store = new LiveStore<NumberStore.Doubled>(numbers.inner, options, numbers.damaged);
    store.bind(
        NumberStore.Doubled::new,
        StateFormats.<NumberStore.Doubled>first(in -> new NumberStore.Doubled(in.readInt()))
            .then(in -> new NumberStore.Doubled(in.readInt() / 2)));

    // When, then
    assertThat(store.get("a", 8 * DAY).value).isZero();
    assertThat(numbers.damaged.sum()).isZero();
  }

  @Test
  void shouldKeepAStateWhenStreamTimeIsNotKnownYet() {
    // Given a state of before a restart
    var before = numbers.store(1 << 20, false);
    before.get("a", 100 * DAY).value = 7;
    before.flushCache();

    // When: the clock or a verdict asks for it before any event
    var restarted = numbers.store(1 << 20, false);
    int value = restarted.get("a", Long.MIN_VALUE).value;
    restarted.flushCache();

    // Then: it is there, and grows old from its last use on
    assertThat(value).isEqualTo(7);
    assertThat(numbers.contents()).containsExactlyEntriesOf(Map.of("a", 7));
    assertThat(numbers.store(1 << 20, false).get("a", 107 * DAY).value).isEqualTo(7);
    assertThat(numbers.store(1 << 20, false).get("a", 108 * DAY).value).isZero();
  }
}
