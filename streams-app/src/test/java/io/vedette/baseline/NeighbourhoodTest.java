package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourhoodTest {

  private static final int N = 12;
  private static final float MOST = 0.4f * N;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldHoldFewRowsOfALabelWhenTheTrafficHasDenseParts(int seed) {
    // Given: a third of the rows, all of one label, lie ten times as dense as the others
    SplittableRandom random = new SplittableRandom(seed);
    float[][] g = new float[1_500][N];
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < g.length; r++) {
      boolean dense = r % 3 == 0;
      fill(g[r], random, dense ? 0.2 : 1);
      rows.add(row(dense ? 1 : 2));
    }

    // When
    float squared = Neighbourhood.of(g, rows, 0, MOST);

    // Then: a caller who asks about dense rows alone has his last row near one time in twenty
    int near = 0;
    int pairs = 0;
    for (int a = 0; a < g.length; a += 3) {
      for (int b = a + 3; b < g.length; b += 3) {
        near += Vectors.squaredDistance(g[a], g[b]) < squared ? 1 : 0;
        pairs++;
      }
    }
    assertThat((double) near / pairs).isBetween(0.005, 0.06);
  }

  @Test
  void shouldBeTheMostWhenRowsLieFarApart() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    float[][] g = new float[400][N];
    List<CleanRow> rows = new ArrayList<>();
    for (float[] point : g) {
      fill(point, random, 5);
      rows.add(row(1));
    }

    // When
    float found = Neighbourhood.of(g, rows, 0, MOST);

    // Then
    assertThat(found).isEqualTo(MOST);
  }

  private static void fill(float[] point, SplittableRandom random, double sd) {
    for (int i = 0; i < point.length; i++) {
      double u = 1 - random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      point[i] = (float) (sd * Math.sqrt(-2 * Math.log(u)) * Math.cos(angle));
    }
  }

  private static CleanRow row(long label) {
    return new CleanRow(0, 0, 1, new float[0], List.of(), label, 0.9f);
  }
}
