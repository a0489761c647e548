package io.vedette.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private DataInputStream written() {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Nested
  class Distinct {

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 3_000, 10_000, 100_000})
    void shouldStayWithinItsStandardErrorAtAnySize(int distinct) {
      // Given
      int runs = distinct > 10_000 ? 20 : 60;
      double squares = 0;
      double sum = 0;
      // When
      for (int run = 0; run < runs; run++) {
        HyperLogLog sketch = new HyperLogLog();
        for (int i = 0; i < distinct; i++) {
          sketch.add(((long) run << 32) + i); // plain counters: the sketch hashes by itself
        }
        double error = sketch.estimate() / distinct - 1;
        sum += error;
        squares += error * error;
      }
      // Then
      assertThat(Math.sqrt(squares / runs)).isLessThan(1.4 * HyperLogLog.STANDARD_ERROR);
      assertThat(sum / runs).isCloseTo(0, within(4 * HyperLogLog.STANDARD_ERROR / Math.sqrt(runs)));
    }

    @Test
    void shouldBeEmptyAtFirstAndIgnoreRepeats() {
      // Given
      HyperLogLog sketch = new HyperLogLog();
      double empty = sketch.estimate();
      // When
      boolean first = sketch.add(7);
      boolean again = sketch.add(7);
      // Then
      assertThat(empty).isZero();
      assertThat(first).isTrue();
      assertThat(again).isFalse();
      assertThat(sketch.estimate()).isCloseTo(1, within(0.01));
      assertThat(sketch.bytes()).isBetween(1_024, 1_100);
    }

    @Test
    void shouldMergeToTheSketchOfTheUnion() throws IOException {
      // Given
      HyperLogLog whole = new HyperLogLog();
      HyperLogLog left = new HyperLogLog();
      HyperLogLog right = new HyperLogLog();
      SplittableRandom random = new SplittableRandom(51);
      for (int i = 0; i < 5_000; i++) {
        long key = random.nextLong(3_000);
        whole.add(key);
        (i % 3 == 0 ? left : right).add(key);
      }
      // When
      left.merge(right);
      // Then
      whole.write(new DataOutputStream(bytes));
      byte[] expected = bytes.toByteArray();
      bytes.reset();
      left.write(new DataOutputStream(bytes));
      assertThat(bytes.toByteArray()).isEqualTo(expected);
      assertThat(HyperLogLog.read(written()).estimate()).isEqualTo(whole.estimate());
    }

    @Test
    void shouldRefuseBytesThatAreNoSketch() {
      // Given
      byte[] wrong = new byte[1_024];
      wrong[5] = 60;
      // When // Then
      assertThatThrownBy(
              () -> HyperLogLog.read(new DataInputStream(new ByteArrayInputStream(wrong))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was 60");
    }
  }

  @Nested
  class Heaviest {

    private final Long2LongOpenHashMap truth = new Long2LongOpenHashMap();

    private void feed(SpaceSaving sketch, int events, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < events; i++) {
        long key = (long) (Math.pow(random.nextDouble(), 4) * 5_000); // few heavy, many light
        truth.addTo(key, 1);
        sketch.add(key);
      }
    }

    private void assertBounds(SpaceSaving sketch, int capacity) {
      assertThat(sketch.total()).isEqualTo(truth.values().longStream().sum());
      truth.forEach(
          (key, count) -> {
            assertThat(sketch.upper(key)).isGreaterThanOrEqualTo(count);
            assertThat(sketch.lower(key)).isLessThanOrEqualTo(count);
          });
      for (SpaceSaving.Entry entry : sketch.top(capacity)) {
        assertThat(entry.error()).isLessThanOrEqualTo(sketch.total() / capacity);
        assertThat(entry.count() - entry.error()).isLessThanOrEqualTo(truth.get(entry.key()));
      }
      truth.forEach(
          (key, count) -> {
            if (count > sketch.total() / capacity) {
              assertThat(sketch.top(capacity)).anyMatch(entry -> entry.key() == key);
            }
          });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64, 512})
    void shouldKeepItsBoundsAtAnyCapacity(int capacity) {
      // Given
      SpaceSaving sketch = new SpaceSaving(capacity);
      // When
      feed(sketch, 20_000, 52);
      // Then
      assertBounds(sketch, capacity);
    }

    @Test
    void shouldKeepItsBoundsWhenMerged() {
      // Given
      SpaceSaving left = new SpaceSaving(64);
      SpaceSaving right = new SpaceSaving(64);
      feed(left, 10_000, 53);
      feed(right, 15_000, 54);
      // When
      left.merge(right);
      // Then
      assertBounds(left, 64);
    }

    @Test
    void shouldBeExactWhenAllKeysFitEvenMerged() {
      // Given
      SpaceSaving left = new SpaceSaving(10);
      SpaceSaving right = new SpaceSaving(10);
      left.add(1, 5);
      left.add(2);
      right.add(1, 2);
      right.add(3, 4);
      // When
      left.merge(right);
      // Then
      assertThat(left.top(2))
          .containsExactly(new SpaceSaving.Entry(1, 7, 0), new SpaceSaving.Entry(3, 4, 0));
      assertThat(left.upper(99)).isZero();
      assertThat(left.total()).isEqualTo(12);
    }

    @Test
    void shouldGoOnTheSameAfterWriteAndRead() throws IOException {
      // Given
      SpaceSaving sketch = new SpaceSaving(32);
      feed(sketch, 5_000, 55);
      // When
      sketch.write(new DataOutputStream(bytes));
      SpaceSaving again = SpaceSaving.read(written());
      // Then
      feed(sketch, 5_000, 56);
      feed(again, 5_000, 56);
      assertThat(again.top(32)).isEqualTo(sketch.top(32));
      assertThat(again.total()).isEqualTo(sketch.total());
      assertThat(sketch.bytes()).isEqualTo(again.bytes()).isPositive();
    }

    @Test
    void shouldRefuseNonsense() {
      // When // Then
      assertThatThrownBy(() -> new SpaceSaving(0)).hasMessageContaining("capacity must be 1 to");
      assertThatThrownBy(() -> new SpaceSaving(1).add(1, 0)).hasMessageContaining("weight must be");
      assertThatThrownBy(
              () -> SpaceSaving.read(new DataInputStream(new ByteArrayInputStream(new byte[16]))))
          .isInstanceOf(IOException.class);
    }
  }

  @Nested
  class SeenBefore {

    @Test
    void shouldCountToThreeAndStay() {
      // Given
      CountingBloom filter = new CountingBloom(1 << 12);
      int[] counts = new int[6];
      // When
      for (int i = 0; i < counts.length; i++) {
        counts[i] = filter.add(77);
      }
      // Then
      assertThat(counts).containsExactly(0, 1, 2, 3, 3, 3);
      assertThat(filter.count(77)).isEqualTo(3);
      assertThat(filter.count(78)).isZero();
      assertThat(filter.bytes()).isBetween(512L, 600L);
    }

    @Test
    void shouldNeverAnswerBelowTheTruth() {
      // Given
      CountingBloom filter = new CountingBloom(1 << 10);
      Long2LongOpenHashMap truth = new Long2LongOpenHashMap();
      SplittableRandom random = new SplittableRandom(57);
      // When // Then
      for (int i = 0; i < 2_000; i++) {
        long key = random.nextLong(400);
        long before = truth.addTo(key, 1);
        assertThat(filter.add(key)).isGreaterThanOrEqualTo((int) Math.min(3, before));
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void shouldMistakeNewKeysAsRarelyAsStated(int countersPerKey) {
      // Given
      int counters = 1 << 19;
      CountingBloom filter = new CountingBloom(2L * counters);
      int keys = counters / countersPerKey;
      for (int i = 0; i < keys; i++) {
        filter.add(i);
      }
      int mistakes = 0;
      int probes = 100_000;
      // When
      for (int i = 0; i < probes; i++) {
        mistakes += filter.count(1_000_000_000L + i) > 0 ? 1 : 0;
      }
      // Then
      double stated = Math.pow(1 - Math.exp(-4.0 / countersPerKey), 4);
      assertThat(mistakes / (double) probes).isCloseTo(stated, withinPercentage(20));
    }

    @Test
    void shouldForgetWhenCleared() {
      // Given
      CountingBloom filter = new CountingBloom(64);
      filter.add(1);
      // When
      filter.clear();
      // Then
      assertThat(filter.count(1)).isZero();
    }

    @Test
    void shouldAnswerTheSameAfterWriteAndRead() throws IOException {
      // Given
      CountingBloom filter = new CountingBloom(1 << 12);
      for (int i = 0; i < 500; i++) {
        filter.add(i % 300);
      }
      // When
      filter.write(new DataOutputStream(bytes));
      CountingBloom again = CountingBloom.read(written());
      // Then
      for (int i = 0; i < 1_000; i++) {
        assertThat(again.add(i)).isEqualTo(filter.add(i));
      }
    }

    @Test
    void shouldRefuseOtherSizes() {
      // When // Then
      assertThatThrownBy(() -> new CountingBloom(100)).hasMessageContaining("was 100");
      assertThatThrownBy(() -> new CountingBloom(32)).hasMessageContaining("was 32");
    }
  }
}
