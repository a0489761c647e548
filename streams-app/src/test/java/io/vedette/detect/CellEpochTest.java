package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellEpochTest {

  private static final Lens LENS = new Lens(CleanModel.baseline(30, 10), 42);

  @Test
  void shouldGiveOtherCellsWhenTheDayTheSecretOrTheModelIsAnother() {
    // Given
    float[] g = CleanModel.row(30, new SplittableRandom(1));
    Set<Long> cells = new HashSet<>();

    // When
    for (long day = 20_000; day < 20_010; day++) {
      for (long secret = 0; secret < 10; secret++) {
        for (String model : new String[] {"loan|1", "loan|2"}) {
          CellEpoch epoch = new CellEpoch(secret, model, day, 30, 1);
          Arrays.stream(epoch.cells(g)).forEach(cells::add);
        }
      }
    }

    // Then
    assertThat(cells).hasSize(10 * 10 * 2 * CellEpoch.TABLES);
  }

  @Test
  void shouldMeetInNoCellMoreOftenTomorrowWhenPairsMetToday() {
    // Given near pairs, some of which share a cell and some not
    SplittableRandom random = new SplittableRandom(2);
    CellEpoch today = new CellEpoch(7, "loan|1", 20_000, 30, 1);
    CellEpoch tomorrow = new CellEpoch(7, "loan|1", 20_001, 30, 1);
    int[][] pairs = new int[2][2];

    // When
    for (int i = 0; i < 4_000; i++) {
      float[] x = CleanModel.row(30, random);
      float[] y = x.clone();
      for (int c = 0; c < 30; c++) {
        y[c] += (float) (0.16 * random.nextGaussian());
      }
      pairs[shares(today, x, y) ? 1 : 0][shares(tomorrow, x, y) ? 1 : 0]++;
    }

    // Then who learnt that a pair shares a cell has learnt next to nothing for tomorrow
    double met = pairs[1][1] / (double) (pairs[1][0] + pairs[1][1]);
    double others = pairs[0][1] / (double) (pairs[0][0] + pairs[0][1]);
    assertThat(pairs[1][0] + pairs[1][1]).isGreaterThan(400);
    assertThat(pairs[0][0] + pairs[0][1]).isGreaterThan(400);
    assertThat(met - others).isLessThan(0.1);
  }

  @Test
  void shouldGiveTheSameCellsWhenEventsOfTwoDaysAreMixed() {
    // Given
    float[] g = CleanModel.row(30, new SplittableRandom(3));
    long[] first = LENS.epoch(20_000).cells(g);
    short[] sketch = LENS.epoch(20_000).sketch(g);

    // When, Then
    for (long day : new long[] {20_001, 20_000, 20_003, 20_002, 20_000}) {
      CellEpoch epoch = LENS.epoch(day);
      assertThat(epoch.day()).isEqualTo(day);
      assertThat(Arrays.equals(epoch.cells(g), first)).isEqualTo(day == 20_000);
      assertThat(Arrays.equals(epoch.sketch(g), sketch)).isEqualTo(day == 20_000);
    }
  }

  private static boolean shares(CellEpoch epoch, float[] x, float[] y) {
    long[] a = epoch.cells(x);
    long[] b = epoch.cells(y);
    for (int table = 0; table < a.length; table++) {
      if (a[table] == b[table]) {
        return true;
      }
    }
    return false;
  }
}
