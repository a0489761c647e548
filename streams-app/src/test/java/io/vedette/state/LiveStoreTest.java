package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class LiveStoreTest {

  private final NumberStore numbers = new NumberStore();

  @Test
  void shouldWriteNothingWhenNotYetCommitted() {
    // Given
    var store = numbers.store(1 << 20, false);

    // When
    store.get("a", 0).value = 7;

    // Then
    assertThat(numbers.inner.approximateNumEntries()).isZero();
  }

  @Test
  void shouldWriteChangedKeysWhenCommitting() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.get("b", 0).value = 8;

    // When
    store.flushCache();

    // Then
    assertThat(numbers.contents()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 7, "b", 8));
  }

  @Test
  void shouldKeepFewEntriesWhenManyKeysPassBeforeACommit() {
    // Given: room for some states only
    var store = numbers.store(4_000, false);
    int most = 0;

    // When
    for (int i = 0; i < 20_000; i++) {
      store.get("k" + i, 0).value = i;
      store.settle();
      if (i % 2 == 0) {
        store.remove("k" + i);
      }
      most = Math.max(most, store.dirtyEntries());
    }
    store.flushCache();

    // Then
    assertThat(most).isLessThan(2_000);
    assertThat(numbers.contents()).hasSize(10_000);
  }

  @Test
  void shouldTellTheHeapOfLiveStatesWhenTheyComeAndGo() {
    // Given: two stores that tell the same sum
    var held = new LongAdder();
    LiveStoreOptions options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var first =
        new LiveStore<NumberStore.Number>(
            numbers.inner, options, numbers.damaged, new AtomicInteger(), held);
    var second =
        new LiveStore<NumberStore.Number>(
            numbers.inner, options, numbers.damaged, new AtomicInteger(), held);
    first.bind(NumberStore.Number::new, NumberStore.Number::read);
    second.bind(NumberStore.Number::new, NumberStore.Number::read);
    first.get("a", 0).value = 7;
    second.get("b", 0).value = 8;

    // When, then: as of their commits
    first.flushCache();
    assertThat(held.sum()).isPositive().isEqualTo(first.liveBytes());
    second.flushCache();
    assertThat(held.sum()).isEqualTo(first.liveBytes() + second.liveBytes());
    first.clearCache();
    assertThat(held.sum()).isEqualTo(second.liveBytes());
  }

  @Test
  void shouldWriteOnceWhenKeyIsUnchangedAtNextCommit() {
    // Given
    var store = numbers.store(1 << 20, false);
    NumberStore.Number state = store.get("a", 0);
    store.flushCache();

    // When
    store.flushCache();

    // Then
    assertThat(state.writes).isEqualTo(1);
  }

  @Test
  void shouldReadBackWhenLiveObjectsAreGone() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    store.clearCache();

    // When
    int value = store.get("a", 0).value;

    // Then
    assertThat(value).isEqualTo(7);
  }

  @Test
  void shouldForgetUnwrittenChangesWhenCacheIsCleared() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    store.get("a", 0).value = 9;

    // When
    store.clearCache();

    // Then
    assertThat(store.get("a", 0).value).isEqualTo(7);
  }

  @Test
  void shouldWriteDirtyEntryFirstWhenEvicting() {
    // Given
    var store = numbers.store(3000, false);
    for (int i = 0; i < 100; i++) {
      store.get("k" + i, 0).value = i;
      store.settle();
    }
    int evicted = numbers.contents().size();

    // When
    store.flushCache();

    // Then
    assertThat(evicted).isGreaterThan(80);
    assertThat(store.liveStates()).isLessThan(20);
    assertThat(store.liveBytes()).isLessThanOrEqualTo(3000);
    assertThat(numbers.contents()).hasSize(100).containsEntry("k0", 0).containsEntry("k99", 99);
  }

  @Test
  void shouldKeepAllThatAnEventHoldsWhenTheyExceedTheBudget() {
    // Given
    var store = numbers.store(1, false);
    NumberStore.Number first = store.get("a", 0);
    NumberStore.Number second = store.get("b", 0);
    store.get("c", 0);

    // When
    first.value = 5;
    second.value = 6;
    store.settle();

    // Then
    assertThat(store.liveStates()).isEqualTo(1);
    assertThat(store.get("a", 0).value).isEqualTo(5);
    assertThat(store.get("b", 0).value).isEqualTo(6);
  }

  @Test
  void shouldKeepTheEntryInHandWhenItAloneExceedsTheBudget() {
    // Given
    var store = numbers.store(1, false);
    NumberStore.Number held = store.get("a", 0);

    // When
    held.value = 5;

    // Then
    assertThat(store.get("a", 0)).isSameAs(held);
  }

  @Test
  void shouldEvictByGrownSizeWhenStateGrowsWithUse() {
    // Given
    var store = numbers.store(10_000, false);
    store.get("old", 0);
    NumberStore.Number growing = store.get("new", 0);
    growing.size = 20_000;

    // When
    for (int i = 0; i < 64; i++) {
      store.get("new", 0);
      store.settle();
    }

    // Then
    assertThat(store.liveStates()).isEqualTo(1);
    assertThat(numbers.contents()).containsKey("old");
  }

  @Test
  void shouldAgreeWithPlainMapWhenUsedAtRandomUnderPressure() {
    // Given
    var store = numbers.store(4000, false);
    var random = new Random(3);
    Map<String, Integer> expected = new HashMap<>();

    // When
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + random.nextInt(200);
      if (random.nextInt(20) == 0) {
        store.remove(key);
        expected.remove(key);
      } else {
        store.get(key, i).value += i;
        expected.merge(key, i, Integer::sum);
      }
      if (random.nextInt(3) == 0) {
        store.settle();
      }
      if (random.nextInt(100) == 0) {
        store.flushCache();
      }
      if (random.nextInt(1000) == 0) {
        store.flushCache();
        store.clearCache();
      }
    }
    store.flushCache();

    // Then
    assertThat(numbers.contents()).isEqualTo(expected);
  }

  @Test
  void shouldWriteTombstoneOnlyAtCommitWhenRemoved() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();

    // When
    store.remove("a");

    // Then
    assertThat(numbers.contents()).containsKey("a");
    assertThat(store.get("a", 0).value).isZero();
    store.remove("a");
    store.flushCache();
    assertThat(numbers.contents()).isEmpty();
  }

  @Test
  void shouldWriteOnlyEvictedWhenEphemeral() {
    // Given
    var store = numbers.store(3000, true);
    for (int i = 0; i < 100; i++) {
      store.get("k" + i, 0).value = i;
      store.settle();
      store.flushCache();
    }

    // When
    int evicted = store.get("k0", 0).value;

    // Then
    assertThat(evicted).isZero();
    assertThat(store.get("k50", 0).value).isEqualTo(50);
    assertThat(numbers.contents().size()).isBetween(50, 99);
  }

  @Test
  void shouldVisitWrittenStatesWhenStageStarts() {
    // Given
    var store = numbers.store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    Map<String, Integer> seen = new HashMap<>();

    // When
    store.forEachWritten((key, state) -> seen.put(key, state.value));

    // Then
    assertThat(seen).isEqualTo(Map.of("a", 7));
  }

  @Test
  void shouldRefuseWhenUsedBeforeBind() {
    // Given
    var options = new LiveStoreOptions(false, 100, Duration.ofDays(7), false);
    var store = new LiveStore<NumberStore.Number>(numbers.inner, options, numbers.damaged);

    // When
    // Then
    assertThatThrownBy(() -> store.get("a", 0)).hasMessageContaining("before bind()");
  }
}
