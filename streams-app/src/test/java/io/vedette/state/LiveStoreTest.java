package io.vedette.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStoreTest {

  private static final long DAY = Duration.ofDays(1).toMillis() * 1000;

  private final LongAdder damaged = new LongAdder();
  private KeyValueStore<Bytes, byte[]> inner;

  @BeforeEach
  void openInner() {
    inner =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("numbers"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    var context = new MockProcessorContext<Void, Void>();
    inner.init(context.getStateStoreContext(), inner);
  }

  @Test
  void shouldWriteNothingWhenNotYetCommitted() {
    // Given
    var store = store(1 << 20, false);

    // When
    store.get("a", 0).value = 7;

    // Then
    assertThat(inner.approximateNumEntries()).isZero();
  }

  @Test
  void shouldWriteChangedKeysWhenCommitting() {
    // Given
    var store = store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.get("b", 0).value = 8;

    // When
    store.flushCache();

    // Then
    assertThat(contents()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 7, "b", 8));
  }

  @Test
  void shouldKeepFewEntriesWhenManyKeysPassBeforeACommit() {
    // Given: room for some states only
    var store = store(4_000, false);
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
    assertThat(contents()).hasSize(10_000);
  }

  @Test
  void shouldTellTheHeapOfLiveStatesWhenTheyComeAndGo() {
    // Given: two stores that tell the same sum
    var held = new LongAdder();
    LiveStoreOptions options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var first = new LiveStore<Number>(inner, options, damaged, new AtomicInteger(), held);
    var second = new LiveStore<Number>(inner, options, damaged, new AtomicInteger(), held);
    first.bind(Number::new, Number::read);
    second.bind(Number::new, Number::read);
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
    var store = store(1 << 20, false);
    Number state = store.get("a", 0);
    store.flushCache();

    // When
    store.flushCache();

    // Then
    assertThat(state.writes).isEqualTo(1);
  }

  @Test
  void shouldReadBackWhenLiveObjectsAreGone() {
    // Given
    var store = store(1 << 20, false);
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
    var store = store(1 << 20, false);
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
    var store = store(3000, false);
    for (int i = 0; i < 100; i++) {
      store.get("k" + i, 0).value = i;
      store.settle();
    }
    int evicted = contents().size();

    // When
    store.flushCache();

    // Then
    assertThat(evicted).isGreaterThan(80);
    assertThat(store.liveStates()).isLessThan(20);
    assertThat(store.liveBytes()).isLessThanOrEqualTo(3000);
    assertThat(contents()).hasSize(100).containsEntry("k0", 0).containsEntry("k99", 99);
  }

  @Test
  void shouldKeepAllThatAnEventHoldsWhenTheyExceedTheBudget() {
    // Given
    var store = store(1, false);
    Number first = store.get("a", 0);
    Number second = store.get("b", 0);
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
    var store = store(1, false);
    Number held = store.get("a", 0);

    // When
    held.value = 5;

    // Then
    assertThat(store.get("a", 0)).isSameAs(held);
  }

  @Test
  void shouldEvictByGrownSizeWhenStateGrowsWithUse() {
    // Given
    var store = store(10_000, false);
    store.get("old", 0);
    Number growing = store.get("new", 0);
    growing.size = 20_000;

    // When
    for (int i = 0; i < 64; i++) {
      store.get("new", 0);
      store.settle();
    }

    // Then
    assertThat(store.liveStates()).isEqualTo(1);
    assertThat(contents()).containsKey("old");
  }

  @Test
  void shouldAgreeWithPlainMapWhenUsedAtRandomUnderPressure() {
    // Given
    var store = store(4000, false);
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
    assertThat(contents()).isEqualTo(expected);
  }

  @Test
  void shouldWriteTombstoneOnlyAtCommitWhenRemoved() {
    // Given
    var store = store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();

    // When
    store.remove("a");

    // Then
    assertThat(contents()).containsKey("a");
    assertThat(store.get("a", 0).value).isZero();
    store.remove("a");
    store.flushCache();
    assertThat(contents()).isEmpty();
  }

  @Test
  void shouldStartAfreshWhenBytesAreDamaged() {
    // Given
    var store = store(1 << 20, false);
    inner.put(key("format"), new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
    inner.put(key("short"), new byte[] {1});
    inner.put(key("cut"), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2});
    inner.put(key("long"), new byte[20]);

    // When
    List<Integer> values = new ArrayList<>();
    for (String key : List.of("format", "short", "cut", "long")) {
      values.add(store.get(key, 0).value);
    }

    // Then
    assertThat(values).containsOnly(0);
    assertThat(damaged.sum()).isEqualTo(4);
  }

  @Test
  void shouldKeepLastWrittenStateWhenStateCannotBeWritten() {
    // Given
    var store = store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    store.get("a", 0).value = -1;

    // When
    store.flushCache();

    // Then
    assertThat(contents()).containsEntry("a", 7);
    assertThat(damaged.sum()).isEqualTo(1);
  }

  @Test
  void shouldStartAfreshWhenStateWasIdleTooLong() {
    // Given
    var store = store(1 << 20, false);
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
    var store = store(1 << 20, false);
    for (int i = 0; i < 300; i++) {
      store.get("k" + i, 0);
    }
    store.flushCache();
    store.get("fresh", 9 * DAY);

    // When
    store.flushCache();
    store.flushCache();

    // Then
    assertThat(contents()).containsOnlyKeys("fresh");
    assertThat(store.liveStates()).isEqualTo(1);
  }

  @Test
  void shouldSweepIdleStatesWhenTheyAreNotLive() {
    // Given
    var store = store(1 << 20, false);
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
    assertThat(contents()).containsOnlyKeys("fresh");
  }

  @Test
  void shouldWriteOnlyEvictedWhenEphemeral() {
    // Given
    var store = store(3000, true);
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
    assertThat(contents().size()).isBetween(50, 99);
  }

  @Test
  void shouldVisitWrittenStatesWhenStageStarts() {
    // Given
    var store = store(1 << 20, false);
    store.get("a", 0).value = 7;
    store.flushCache();
    Map<String, Integer> seen = new HashMap<>();

    // When
    store.forEachWritten((key, state) -> seen.put(key, state.value));

    // Then
    assertThat(seen).isEqualTo(Map.of("a", 7));
  }

  @Test
  void shouldReadOlderStatesAndWriteThemAnewWhenTheFormatHasChanged() {
    // Given: two states as the release before wrote them, and a version that writes twice the value
    var before = store(1 << 20, false);
    before.get("a", 5).value = 7;
    before.get("b", 5).value = 8;
    before.flushCache();
    var options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var store = new LiveStore<Doubled>(inner, options, damaged);
    store.bind(
        Doubled::new,
        StateFormats.<Doubled>first(in -> new Doubled(in.readInt()))
            .then(in -> new Doubled(in.readInt() / 2)));

    // When
    int read = store.get("a", 6).value;
    store.flushCache();
    store.forget();

    // Then
    assertThat(read).isEqualTo(7);
    assertThat(inner.get(key("a"))).startsWith(2).endsWith(0, 0, 0, 14);
    assertThat(inner.get(key("b"))).startsWith(1).endsWith(0, 0, 0, 8);
    assertThat(store.get("a", 7).value).isEqualTo(7);
    assertThat(store.get("b", 7).value).isEqualTo(8);
    assertThat(damaged.sum()).isZero();
  }

  @Test
  void shouldStartAfreshWhenANewerVersionWroteTheState() {
    // Given
    inner.put(key("a"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 7});

    // When
    int value = store(1 << 20, false).get("a", 6).value;

    // Then
    assertThat(value).isZero();
    assertThat(damaged.sum()).isEqualTo(1);
  }

  @Test
  void shouldForgetAnIdleStateWhenItsFormatIsAnOlderOne() {
    // Given
    var before = store(1 << 20, false);
    before.get("a", 0).value = 7;
    before.flushCache();
    var options = new LiveStoreOptions(false, 1 << 20, Duration.ofDays(7), false);
    var store = new LiveStore<Doubled>(inner, options, damaged);
    store.bind(
        Doubled::new,
        StateFormats.<Doubled>first(in -> new Doubled(in.readInt()))
            .then(in -> new Doubled(in.readInt() / 2)));

    // When, then
    assertThat(store.get("a", 8 * DAY).value).isZero();
    assertThat(damaged.sum()).isZero();
  }

  @Test
  void shouldRefuseWhenUsedBeforeBind() {
    // Given
    var options = new LiveStoreOptions(false, 100, Duration.ofDays(7), false);
    var store = new LiveStore<Number>(inner, options, damaged);

    // When
    // Then
    assertThatThrownBy(() -> store.get("a", 0)).hasMessageContaining("before bind()");
  }

  @Test
  void shouldKeepAStateWhenStreamTimeIsNotKnownYet() {
    // Given a state of before a restart
    var before = store(1 << 20, false);
    before.get("a", 100 * DAY).value = 7;
    before.flushCache();

    // When: the clock or a verdict asks for it before any event
    var restarted = store(1 << 20, false);
    int value = restarted.get("a", Long.MIN_VALUE).value;
    restarted.flushCache();

    // Then: it is there, and grows old from its last use on
    assertThat(value).isEqualTo(7);
    assertThat(contents()).containsExactlyEntriesOf(Map.of("a", 7));
    assertThat(store(1 << 20, false).get("a", 107 * DAY).value).isEqualTo(7);
    assertThat(store(1 << 20, false).get("a", 108 * DAY).value).isZero();
  }

  private LiveStore<Number> store(long budget, boolean ephemeral) {
    var options = new LiveStoreOptions(false, budget, Duration.ofDays(7), ephemeral);
    var store = new LiveStore<Number>(inner, options, damaged);
    store.bind(Number::new, Number::read);
    return store;
  }

  private Map<String, Integer> contents() {
    Map<String, Integer> contents = new HashMap<>();
    try (var all = inner.all()) {
      all.forEachRemaining(
          kv ->
              contents.put(
                  new String(kv.key.get(), StandardCharsets.UTF_8),
                  ByteBuffer.wrap(kv.value).getInt(9)));
    }
    return contents;
  }

  private static Bytes key(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A number that is written doubled. */
  private static final class Doubled implements State {
    private int value;

    private Doubled() {}

    private Doubled(int value) {
      this.value = value;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(2 * value);
    }

    @Override
    public int bytes() {
      return 8;
    }
  }

  /** A number; -1 cannot be written. */
  private static final class Number implements State {
    int value;
    int size = 8;
    int writes;

    static Number read(DataInput in) throws IOException {
      var state = new Number();
      state.value = in.readInt();
      return state;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      if (value == -1) {
        throw new IllegalStateException("unwritable");
      }
      writes++;
      out.writeInt(value);
    }

    @Override
    public int bytes() {
      return size;
    }
  }
}
