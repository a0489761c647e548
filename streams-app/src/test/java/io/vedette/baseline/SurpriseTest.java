package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurpriseTest {

  @Test
  void shouldSumTheSurpriseOfEachColumnsBinWhenRowsAreOfAnyKind() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    List<Histogram> columns = new ArrayList<>();
    for (int edges : new int[] {0, 1, 2, 3, 7, 8, 15, 16, 19}) {
      columns.add(column(edges, random));
    }
    Surprise surprises = new Surprise(columns);
    int[] bins = new int[columns.size()];

    for (int trial = 0; trial < 2_000; trial++) {
      // Given
      float[] row = new float[columns.size()];
      for (int c = 0; c < row.length; c++) {
        row[c] =
            switch (random.nextInt(4)) {
              case 0 -> Float.NaN;
              case 1 -> random.nextInt(22); // edges lie on whole numbers
              default -> (float) random.nextDouble(-3, 25);
            };
      }

      // When
      float surprise =
          surprises.of(
              new Payload.Features(row, 1, row.length, new int[] {row.length}, List.of(), false),
              0,
              bins);

      // Then
      float expected = 0;
      for (int c = 0; c < row.length; c++) {
        Histogram column = columns.get(c);
        assertThat(bins[c]).isEqualTo(column.bin(row[c]));
        expected += column.surprise(bins[c]);
      }
      assertThat(surprise).isEqualTo(expected);
    }
  }

  private static Histogram column(int edges, SplittableRandom random) {
    float[] lower = new float[edges];
    for (int i = 0; i < edges; i++) {
      lower[i] = i + 1;
    }
    float[] surprise = new float[edges + 2];
    for (int i = 0; i < surprise.length; i++) {
      surprise[i] = (float) random.nextDouble();
    }
    return new Histogram(true, lower, new long[0], new int[edges + 2], surprise, 1);
  }
}
