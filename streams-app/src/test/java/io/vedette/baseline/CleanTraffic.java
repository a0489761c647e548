package io.vedette.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Clean rows for tests: correlated Gaussian columns, one heavy zero, one category. */
final class CleanTraffic {

  static final List<String> NAMES = List.of("country");

  private CleanTraffic() {}

  static List<CleanRow> rows(int n, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      float[] x = new float[columns];
      double common = gauss(random);
      for (int i = 0; i < columns; i++) {
        x[i] = (float) (100 * i + (1 + i) * (0.6 * common + 0.8 * gauss(random)));
      }
      if (columns > 2) {
        x[2] = random.nextDouble() < 0.4 ? 0 : x[2];
      }
      String country = random.nextDouble() < 0.7 ? "DE" : "FR";
      rows.add(
          new CleanRow(
              random.nextLong(),
              1_000_000L * r,
              r % 10,
              x,
              List.of(country),
              common > 0 ? 7 : 8,
              (float) (0.5 + random.nextDouble() / 2)));
    }
    return rows;
  }

  static Baseline baseline(List<CleanRow> rows) {
    return BaselineBuilder.build(
        "loan", "1", true, rows, NAMES, Map.of(3L, new CallerRates(400, 2, 100, 1)));
  }

  static double gauss(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
