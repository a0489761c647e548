package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.TraceId;
import io.vedette.detect.CellSighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class CellBatchTest {

  private static final TraceId TRACE = TraceId.parse("0af7651916cd43dd8448eb211c80319c");

  private final Serde<CellBatch> serde = CellBatch.serde();
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void shouldReadWhatWasWrittenWhenAnySightings() {
    for (int size : new int[] {0, 1, 2, 64, 700}) {
      // Given
      CellBatch batch = new CellBatch(sightings(size));

      // When
      CellBatch read = read(write(batch));

      // Then
      assertThat(fields(read)).isEqualTo(fields(batch));
    }
  }

  @Test
  void shouldShareCallersWhenTheyComeAgain() {
    // Given
    byte[] once = write(new CellBatch(sightings(64)));

    // When
    CellBatch first = read(once);
    CellBatch second = read(once);

    // Then
    for (int i = 0; i < 64; i++) {
      CallerId caller = first.sightings().get(i).caller();
      assertThat(second.sightings().get(i).caller()).isSameAs(caller);
    }
  }

  @Test
  void shouldClipWhenNamesAreHuge() {
    // Given
    String huge = "€".repeat(70_000);
    var sighting = sighting(new CallerId(huge, huge), new ModelRef(huge, huge, huge), huge);

    // When
    CellBatch read = read(write(new CellBatch(List.of(sighting))));

    // Then
    String clipped = huge.substring(0, 20_000);
    assertThat(read.sightings())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.caller()).isEqualTo(new CallerId(clipped, clipped));
              assertThat(s.model()).isEqualTo(new ModelRef(clipped, clipped, clipped));
            });
  }

  @Test
  void shouldRefuseWhenBytesAreCutOrFormatIsAnother() {
    // Given
    byte[] whole = write(new CellBatch(sightings(20)));

    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);

      // When
      var refused = assertThatThrownBy(() -> read(cut));

      // Then
      refused.isInstanceOf(SerializationException.class);
    }
    whole[0]++;
    assertThatThrownBy(() -> read(whole)).isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldReadOrRefuseWhenBytesAreChanged() {
    // Given
    byte[] whole = write(new CellBatch(sightings(20)));
    int refused = 0;

    for (int i = 0; i < 5_000; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();

      // When
      try {
        read(changed);
      } catch (SerializationException e) {
        refused++;
      }
    }

    // Then nothing else was thrown, above all no error for want of memory
    assertThat(refused).isBetween(1, 4_999);
  }

  /** Sightings of a batch with their sketches by content. */
  private static List<List<?>> fields(CellBatch batch) {
    return batch.sightings().stream()
        .<List<?>>map(
            s ->
                List.of(
                    s.cell(),
                    s.caller(),
                    s.model(),
                    s.timeMicros(),
                    s.content(),
                    s.label(),
                    s.confidence(),
                    Arrays.toString(s.sketch()),
                    Objects.requireNonNull(s.sample())))
        .toList();
  }

  private byte[] write(CellBatch batch) {
    return serde.serializer().serialize("cells", batch);
  }

  private CellBatch read(byte[] bytes) {
    return serde.deserializer().deserialize("cells", bytes);
  }

  /** Several cells of each row, some callers again and again, some with names that part oddly. */
  private List<CellSighting> sightings(int size) {
    List<CellSighting> sightings = new ArrayList<>();
    String[] tenants = {"", "a", "ab", "bank"};
    String[] principals = {"bc", "c", "svc-é", "x".repeat(300)};
    ModelRef[] models = {new ModelRef("loan", "1", null), new ModelRef("loan", "2", "sha256:aa")};
    while (sightings.size() < size) {
      int n = random.nextInt(40);
      String principal = n < 4 ? principals[n] : "client-" + n;
      CellSighting row =
          sighting(
              new CallerId(tenants[random.nextInt(4)], principal),
              models[random.nextInt(2)],
              "req-" + random.nextInt());
      sightings.add(row);
      for (int more = random.nextInt(3); more > 0 && sightings.size() < size; more--) {
        sightings.add(
            new CellSighting(
                random.nextLong(),
                row.caller(),
                row.model(),
                row.timeMicros(),
                row.content(),
                row.label(),
                row.confidence(),
                row.sketch(),
                row.sample()));
      }
    }
    return sightings;
  }

  private CellSighting sighting(CallerId caller, ModelRef model, String requestId) {
    short[] sketch = new short[12];
    for (int i = 0; i < sketch.length; i++) {
      sketch[i] = (short) random.nextInt();
    }
    var origin = new Origin("vedette.exchanges", random.nextInt(6), random.nextLong(1L << 40));
    return new CellSighting(
        random.nextLong(),
        caller,
        model,
        random.nextLong(1L << 50),
        random.nextLong(),
        random.nextInt(),
        random.nextInt(3) == 0 ? Float.NaN : (float) random.nextDouble(),
        sketch,
        new Sample(requestId, origin, random.nextBoolean() ? TRACE : null));
  }
}
