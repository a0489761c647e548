package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {

  private static final int D = 20;
  private static final float RADIUS = 0.4f * D;

  /** What was measured of one row. */
  private record Seen(
      int copies, boolean farther, boolean ascends, boolean settles, int seed, int alone) {}

  /** One row and the confidence in it. */
  private record Asked(float[] x, int level) {}

  @Test
  void shouldSeeEveryCopyFartherWhenNoiseGrows() {
    // Given
    SplittableRandom random = new SplittableRandom(1);
    float[] seed = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 4)));
    for (int copy = 1; copy <= 24; copy++) {
      rows.add(noisy(seed, 1.5f * copy / 24, random));
    }

    // When
    List<Seen> seen = measure(rows, i -> false);

    // Then
    assertThat(seen.stream().filter(s -> s.copies() >= 3)).hasSizeGreaterThan(4);
    assertThat(seen.stream().filter(Seen::farther)).hasSizeGreaterThan(4);
    assertThat(seen.stream().filter(Seen::settles)).isNotEmpty();
  }

  @Test
  void shouldSeeFewCopiesFartherWhenNoiseIsOfOneStrength() {
    // Given
    SplittableRandom random = new SplittableRandom(2);
    double share = 0;
    int seeds = 200;

    // When: expected of copies 2 to 21 is 1/2 + 1/3 + ... + 1/21, 2.6; copies out of pattern start
    // anew
    for (int s = 0; s < seeds; s++) {
      float[] seed = CleanModel.row(D, random);
      List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 4)));
      for (int copy = 0; copy < 21; copy++) {
        rows.add(noisy(seed, 0.2f, random));
      }
      share += measure(rows, i -> false).stream().filter(Seen::farther).count();
    }

    // Then
    assertThat(share / seeds).isLessThan(3.6);
  }

  @Test
  void shouldSeeNoCopiesWhenTheCallerWalks() {
    // Given
    SplittableRandom random = new SplittableRandom(3);
    float[] x = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(new Asked(x, 2));
      x = noisy(x, 0.15f, random).x();
    }

    // When
    List<Seen> seen = measure(rows, i -> false);

    // Then
    assertThat(seen.stream().filter(s -> s.copies() >= 3)).hasSizeLessThan(10);
    assertThat(seen.stream().filter(Seen::settles)).isEmpty();
  }

  @Test
  void shouldSeeNoDenseCopiesWhenAnAnalystChangesThreeFeatures() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    float[] seed = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 4)));
    for (int i = 0; i < 30; i++) {
      float[] x = seed.clone();
      for (int c = 0; c < 3; c++) {
        x[random.nextInt(D)] += 0.5f * (1 + random.nextInt(4));
      }
      rows.add(new Asked(x, 4));
    }

    // When
    List<Seen> seen = measure(rows, i -> false);

    // Then
    assertThat(seen.stream().filter(s -> s.copies() > 0 || s.settles())).isEmpty();
  }

  @Test
  void shouldLeaveRowsAloneWhenNobodyCopiesThem() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new Asked(CleanModel.row(D, random), i % 5));
    }

    // When
    List<Seen> seen = measure(rows, i -> false);

    // Then: each is decided once eight newer ones have come
    assertThat(seen.stream().filter(s -> s.alone() >= 0)).hasSize(12);
    assertThat(seen.get(8).alone()).isZero();
    assertThat(seen.get(19).alone()).isEqualTo(11 % 5);
  }

  @Test
  void shouldNotCallASeedAloneWhenCopiesCameBetweenOtherRows() {
    // Given
    SplittableRandom random = new SplittableRandom(6);
    float[] seed = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 3)));
    for (int i = 0; i < 12; i++) {
      rows.add(noisy(seed, 0.2f, random));
      rows.add(new Asked(CleanModel.row(D, random), 1));
    }

    // When
    List<Seen> seen = measure(rows, i -> false);

    // Then
    assertThat(seen.stream().filter(s -> s.alone() == 3)).isEmpty();
    assertThat(seen.stream().filter(Seen::settles)).hasSize(1);
  }

  @Test
  void shouldMeasureTheSameWhenWrittenAndReadAtAnyRow() {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    List<Asked> rows = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      float[] seed = CleanModel.row(D, random);
      rows.add(new Asked(seed, s));
      for (int copy = 1; copy < 9; copy++) {
        rows.add(noisy(seed, 0.1f * copy, random));
      }
    }
    List<Seen> expected = measure(rows, i -> false);

    // When
    for (int split = 0; split < rows.size(); split++) {
      int at = split;

      // Then
      assertThat(measure(rows, i -> i == at)).as("read before row %d", at).isEqualTo(expected);
    }
  }

  @Test
  void shouldSeeMostThreesAscendWhenLaddersBeginAnew() {
    // Given four directions about each of ten rows, noise growing by half along each
    SplittableRandom random = new SplittableRandom(8);
    int[] threes = new int[2];
    for (int s = 0; s < 10; s++) {
      float[] seed = CleanModel.row(D, random);
      List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 4)));
      for (int direction = 0; direction < 4; direction++) {
        for (int step = 0; step < 6; step++) {
          rows.add(spread(seed, 0.1f * (float) Math.pow(1.5, step), random));
        }
      }

      // When
      count(rows, threes);
    }

    // Then
    assertThat(threes[0]).isGreaterThan(30);
    assertThat((double) threes[1] / threes[0]).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.2", "0.05, 0.3", "0.01, 1"})
  void shouldSeeOneThreeInSixAscendAtMostWhenStrengthsComeInNoOrder(float least, float most) {
    // Given
    SplittableRandom random = new SplittableRandom(9);
    int[] threes = new int[2];
    for (int s = 0; s < 1_000; s++) {
      float[] seed = CleanModel.row(D, random);
      List<Asked> rows = new ArrayList<>(List.of(new Asked(seed, 4)));
      for (int copy = 0; copy < 16; copy++) {
        rows.add(spread(seed, least + (most - least) * (float) random.nextDouble(), random));
      }

      // When
      count(rows, threes);
    }

    // Then within three standard errors
    double share = (double) threes[1] / threes[0];
    assertThat(threes[0]).isGreaterThan(2_000);
    assertThat(share).isLessThan(1 / 6.0 + 3 * Math.sqrt(5 / 36.0 / threes[0]));
  }

  /** Counts threes and those that ascend. */
  private static void count(List<Asked> rows, int[] threes) {
    Cluster cluster = new Cluster();
    History history = new History(D);
    for (Asked row : rows) {
      history.look(row.x());
      cluster.measure(
          row.x(), row.level(), history.nearest(), history.nearestSquared(), RADIUS, history);
      history.add(row.x(), 1);
      threes[0] += cluster.decides() ? 1 : 0;
      threes[1] += cluster.ascends() ? 1 : 0;
    }
  }

  /** Independent noise on every coordinate. */
  private static Asked spread(float[] seed, float sigma, SplittableRandom random) {
    float[] x = seed.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += sigma * (float) random.nextGaussian();
    }
    return new Asked(x, 2);
  }

  private static Asked noisy(float[] seed, float sigma, SplittableRandom random) {
    return new Asked(Stays.plus(seed, CleanModel.row(seed.length, random), sigma), 2);
  }

  private static List<Seen> measure(List<Asked> rows, IntPredicate reread) {
    Cluster cluster = new Cluster();
    History history = new History(D);
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (reread.test(i)) {
        cluster = CleanModel.reread(cluster, Cluster::read);
      }
      Asked row = rows.get(i);
      history.look(row.x());
      cluster.measure(
          row.x(), row.level(), history.nearest(), history.nearestSquared(), RADIUS, history);
      history.add(row.x(), 1);
      seen.add(
          new Seen(
              cluster.copies(),
              cluster.farther(),
              cluster.ascends(),
              cluster.settles(),
              cluster.seedLevel(),
              cluster.leftAlone()));
    }
    return seen;
  }
}
