package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private static final ModelRef MODEL = new ModelRef("fraud", "1", null);

  private static CellSighting sighting(long cell, SplittableRandom random) {
    short[] sketch = new short[CellEpoch.SKETCH];
    for (int i = 0; i < sketch.length; i++) {
      sketch[i] = (short) random.nextInt();
    }
    return new CellSighting(
        cell,
        new CallerId("acme", "user-" + random.nextInt(50)),
        MODEL,
        random.nextLong(1L << 50),
        random.nextLong(),
        random.nextInt(),
        random.nextInt(4) == 0 ? Float.NaN : (float) random.nextDouble(),
        sketch,
        new Sample("r", new Origin("t", 0, 1)));
  }

  @Test
  void shouldGiveBackAllButTheSampleWhenACellIsFound() {
    // Given
    var random = new SplittableRandom(1);
    var sightings = new Sightings(1 << 10);

    for (int i = 0; i < 1_000; i++) {
      CellSighting seen = sighting(random.nextLong(), random);

      // When
      sightings.put(seen);

      // Then
      CellSighting found = sightings.find(seen.cell(), MODEL, 0);
      assertThat(found).isNotNull();
      assertThat(found.sketch()).containsExactly(seen.sketch());
      assertThat(found)
          .isEqualTo(
              new CellSighting(
                  seen.cell(),
                  seen.caller(),
                  MODEL,
                  seen.timeMicros(),
                  seen.content(),
                  seen.label(),
                  seen.confidence(),
                  found.sketch(),
                  null));
    }
  }

  @Test
  void shouldFindNothingWhenNothingOrSomethingOlderIsKept() {
    // Given
    var random = new SplittableRandom(2);
    var sightings = new Sightings(16);
    CellSighting seen = sighting(7, random);

    // Then
    assertThat(sightings.find(0, MODEL, 0)).isNull();
    sightings.put(seen);
    assertThat(sightings.find(0, MODEL, 0)).isNull();
    assertThat(sightings.find(7, MODEL, seen.timeMicros())).isNotNull();
    assertThat(sightings.find(7, MODEL, seen.timeMicros() + 1)).isNull();
  }

  @Test
  void shouldKeepTheLatestOfManyWhenRoomIsShort() {
    // Given
    var random = new SplittableRandom(3);
    var sightings = new Sightings(64);

    // When far more cells come than there is room
    for (int cell = 0; cell < 10_000; cell++) {
      sightings.put(sighting(cell, random));
    }

    // Then
    int kept = 0;
    for (int cell = 0; cell < 10_000; cell++) {
      kept += sightings.find(cell, MODEL, 0) == null ? 0 : 1;
    }
    assertThat(kept).isEqualTo(64);
    assertThat(sightings.find(9_999, MODEL, 0)).isNotNull();
  }
}
