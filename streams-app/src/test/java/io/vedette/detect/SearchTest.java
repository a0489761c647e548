package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

  private static final int D = 16;

  /** One row and its answer. */
  private record Asked(float[] x, int label, float confidence) {}

  /** What was measured of one row. */
  private record Seen(
      int place,
      boolean lowTrial,
      boolean lowReturn,
      boolean highTrial,
      boolean highReturn,
      boolean sameRadius,
      boolean contested,
      boolean contests,
      List<Boolean> trials,
      List<Boolean> records,
      List<Float> approaches,
      int anchors,
      int bisections,
      boolean passedBy,
      boolean elsewhere) {

    static Seen of(Search s) {
      return new Seen(
          s.place(),
          s.lowTrial(),
          s.lowReturn(),
          s.highTrial(),
          s.highReturn(),
          s.sameRadius(),
          s.contested(),
          s.contests(),
          List.of(s.recordTrial(0), s.recordTrial(1)),
          List.of(s.record(0), s.record(1)),
          List.of(s.approach(0), s.approach(1)),
          s.anchors(),
          s.bisectionRun(),
          s.passedBy(),
          s.isElsewhere());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldReturnSeldomOrNeverWhenRowsWalkAtRandom(long seed) {
    // Given steps that are short beside the neighbourhood
    SplittableRandom random = new SplittableRandom(seed);
    float[] at = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      at = plus(at, CleanModel.row(D, random), 0.1f);
      rows.add(answered(at));
    }

    // When
    List<Seen> seen = measure(rows);

    // Then it goes on from its last row
    assertThat(count(seen, Seen::lowTrial)).isGreaterThan(300);
    assertThat(share(seen, Seen::lowReturn, Seen::lowTrial)).isLessThan(0.01);
    assertThat(share(seen, Seen::highReturn, Seen::highTrial)).isLessThan(0.01);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "4, 2", "16, 3", "24, 4"})
  void shouldReturnInAThirdOfTrialsAtMostWhenRowsAreNoiseAroundACentre(int d, long seed) {
    // Given, over many stays, since in one the best row stays the best
    SplittableRandom random = new SplittableRandom(seed);
    List<Seen> seen = new ArrayList<>();
    for (int stay = 0; stay < 400; stay++) {
      float[] centre = CleanModel.row(d, random);
      List<Asked> rows = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        rows.add(answered(plus(centre, CleanModel.row(d, random), 0.1f)));
      }
      seen.addAll(measure(rows));
    }

    // Then
    assertThat(count(seen, Seen::lowTrial)).isGreaterThan(2_000);
    assertThat(share(seen, Seen::lowReturn, Seen::lowTrial)).isLessThan(0.36);
    assertThat(share(seen, Seen::highReturn, Seen::highTrial)).isLessThan(0.36);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldReturnNearlyAlwaysWhenAScoreIsSearched(long seed) {
    // Given SimBA: along one direction after the other, there and back, keeping what lowers
    List<Asked> rows = simba(seed, 300);

    // When
    List<Seen> seen = measure(rows);

    // Then
    assertThat(count(seen, Seen::lowTrial)).isGreaterThan(50);
    assertThat(share(seen, Seen::lowReturn, Seen::lowTrial)).isGreaterThan(0.95);
  }

  @Test
  void shouldTrustNoScoreWhenConfidencesAreNotDisclosed() {
    // Given
    List<Asked> rows =
        simba(1, 100).stream().map(r -> new Asked(r.x(), r.label(), Float.NaN)).toList();

    // When
    List<Seen> seen = measure(rows);

    // Then
    assertThat(count(seen, s -> s.lowTrial() || s.highTrial())).isZero();
    assertThat(seen.get(seen.size() - 1).place()).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSeeTheRadiusWhenProposalsKeepTheirDistance(long seed) {
    // Given rows near one another on a sphere about a row elsewhere
    SplittableRandom random = new SplittableRandom(seed);
    float[] anchor = CleanModel.row(D, random);
    float[] at = plus(anchor, unit(CleanModel.row(D, random)), 4);
    List<Asked> rows = new ArrayList<>(List.of(answered(anchor)));
    List<Asked> noise = new ArrayList<>(List.of(answered(anchor)));
    for (int i = 0; i < 60; i++) {
      at = plus(at, unit(CleanModel.row(D, random)), 0.4f);
      float[] direction = unit(plus(at, anchor, -1));
      rows.add(answered(plus(anchor, direction, 4)));
      noise.add(answered(plus(anchor, direction, 4 + 0.2f * (float) random.nextDouble())));
      at = plus(anchor, direction, 4);
    }

    // When
    List<Seen> seen = measure(rows);
    List<Seen> unaimed = measure(noise);

    // Then from the second row of the stay on
    assertThat(count(seen, Seen::sameRadius)).isGreaterThanOrEqualTo(57);
    assertThat(count(unaimed, Seen::sameRadius)).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.005f, 0.01f, 0.03f, 0.06f, 0.1f, 0.2f, 0.3f})
  void shouldOfferNoTrialWhenAPanComesNearerStepByStep(float share) {
    // Given a pan that takes this share of the way that is left
    SplittableRandom random = new SplittableRandom(9);
    float[] anchor = CleanModel.row(D, random);
    float[] from = plus(anchor, unit(CleanModel.row(D, random)), 4.5f);
    List<Asked> rows = new ArrayList<>(List.of(answered(anchor)));
    float left = 1;
    for (int i = 0; i < 20 + 1 / share; i++) {
      rows.add(answered(plus(anchor, plus(from, anchor, -1), left)));
      left *= 1 - share;
    }

    // When
    List<Seen> seen = measure(rows);

    // Then every row comes nearer after one that did, be it by less than a record
    assertThat(count(seen, s -> s.trials().get(0))).isZero();
    assertThat(count(seen, s -> s.records().get(0))).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSetRecordsAfterMissesWhenASearchClosesIn(long seed) {
    // Given an attack that comes nearer to a row elsewhere by a tenth, every third try
    SplittableRandom random = new SplittableRandom(seed);
    float[] anchor = CleanModel.row(D, random);
    float[] from = plus(unit(CleanModel.row(D, random)), anchor, 0);
    List<Asked> rows = new ArrayList<>(List.of(answered(anchor)));
    float left = 4.5f;
    for (int i = 0; i < 45; i++) {
      left *= i % 3 == 0 ? 0.9f : 1;
      float off = i % 3 == 0 ? left : 1.03f * left;
      float[] x = plus(anchor, from, off);
      rows.add(answered(plus(x, unit(CleanModel.row(D, random)), 0.01f)));
    }

    // When
    List<Seen> seen = measure(rows);

    // Then
    Seen last = seen.get(seen.size() - 1);
    assertThat(count(seen, s -> s.trials().get(0) && s.records().get(0))).isGreaterThan(8);
    assertThat(last.approaches().get(0)).isLessThan(0.5f);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldSetRecordsNoMoreOftenThanChanceWhenRowsAreNoise(long seed) {
    // Given stays of 30 rows around a centre, with two rows elsewhere before
    SplittableRandom random = new SplittableRandom(seed);
    double expected = 0;
    int records = 0;
    for (int stay = 0; stay < 300; stay++) {
      List<Asked> rows = new ArrayList<>();
      rows.add(answered(plus(new float[D], CleanModel.row(D, random), 2)));
      rows.add(answered(plus(new float[D], CleanModel.row(D, random), 2)));
      float[] centre = CleanModel.row(D, random);
      for (int i = 0; i < 30; i++) {
        rows.add(answered(plus(centre, CleanModel.row(D, random), 0.35f)));
      }

      // When
      for (Seen s : measure(rows)) {
        for (int a = 0; a < s.anchors(); a++) {
          boolean trial = s.trials().get(a);
          expected += trial ? 1.0 / s.place() : 0;
          records += trial && s.records().get(a) ? 1 : 0;
        }
      }
    }

    // Then
    assertThat(expected).isGreaterThan(500);
    assertThat((double) records).isLessThan(expected);
  }

  @Test
  void shouldContestWhenALabelIsNeitherTheUsualNorTheLast() {
    // Given
    int[] labels = {1, 1, 1, 2, 2, 1, 2, 2, 2, 2, 1, 1, 2};
    float[] centre = new float[D];
    SplittableRandom random = new SplittableRandom(4);
    List<Asked> rows = new ArrayList<>();
    rows.add(new Asked(plus(centre, CleanModel.row(D, random), 0.1f), 1, 0.9f));
    for (int label : labels) {
      rows.add(new Asked(plus(centre, CleanModel.row(D, random), 0.1f), label, 0.9f));
    }

    // When
    List<Seen> seen = measure(rows).subList(1, rows.size());

    // Then the stay begins with the first of the labels; a tie tells nothing
    assertThat(indices(seen, Seen::contests)).containsExactly(3, 6, 10);
    assertThat(indices(seen, s -> !s.contested())).containsExactly(0, 8, 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6})
  void shouldKeepTheStayWhenCoverRowsComeInBetween(int cover) {
    // Given a search that has begun, then so many rows elsewhere between its rows
    SplittableRandom random = new SplittableRandom(cover);
    List<Asked> plain = simba(5, 120);
    List<Asked> rows = new ArrayList<>(plain.subList(0, 8));
    for (Asked row : plain.subList(8, plain.size())) {
      for (int i = 0; i < cover; i++) {
        rows.add(answered(plus(new float[D], CleanModel.row(D, random), 3)));
      }
      rows.add(row);
    }

    // When
    List<Seen> seen = measure(rows);
    List<Seen> own = seen.stream().filter(s -> s.place() > 0).toList();
    List<Seen> alone = measure(plain).stream().filter(s -> s.place() > 0).toList();

    // Then its rows are counted and judged as if nothing had come between
    assertThat(own).extracting(Seen::place).isEqualTo(alone.stream().map(Seen::place).toList());
    assertThat(indices(own, Seen::lowTrial)).isEqualTo(indices(alone, Seen::lowTrial));
    assertThat(indices(own, Seen::lowReturn)).isEqualTo(indices(alone, Seen::lowReturn));
    assertThat(count(seen, Seen::elsewhere)).isEqualTo(cover * (plain.size() - 8));
    assertThat(count(own, Seen::passedBy)).isEqualTo(plain.size() - 8);
  }

  @Test
  void shouldBeginAnewWhenTheCallerHasMovedToAnotherNeighbourhood() {
    // Given ten rows here, twenty there
    SplittableRandom random = new SplittableRandom(6);
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      float[] centre = new float[D];
      centre[0] = i < 10 ? 0 : 50;
      rows.add(answered(plus(centre, CleanModel.row(D, random), 0.1f)));
    }

    // When
    List<Seen> seen = measure(rows);

    // Then its patience is eight rows
    assertThat(seen.get(9).place()).isEqualTo(9);
    assertThat(seen.subList(10, 17)).allMatch(s -> s.place() == 0 && s.elsewhere());
    assertThat(seen.get(17).place()).isEqualTo(1);
    assertThat(seen.get(29).place()).isEqualTo(13);
  }

  @Test
  void shouldMeasureAlikeWhenReadAtEveryRow() {
    // Given a search with cover, an anchor, two labels and bisection steps
    SplittableRandom random = new SplittableRandom(7);
    List<Asked> rows = new ArrayList<>();
    rows.add(answered(plus(new float[D], CleanModel.row(D, random), 3)));
    rows.add(answered(plus(new float[D], CleanModel.row(D, random), 3)));
    for (Asked row : simba(8, 150)) {
      int label = random.nextInt(4) == 0 ? 2 : 1;
      rows.add(new Asked(row.x(), label, label == 1 ? yes(row.x()) : 1 - yes(row.x())));
      if (random.nextInt(4) == 0) {
        rows.add(answered(plus(new float[D], CleanModel.row(D, random), 3)));
      }
    }
    List<Seen> expected = measure(rows);

    // When
    List<Seen> seen = measure(rows, i -> true);

    // Then
    assertThat(seen).isEqualTo(expected);
    assertThat(count(expected, Seen::contests)).isPositive();
    assertThat(count(expected, Seen::lowReturn)).isPositive();
    assertThat(count(expected, s -> s.bisections() > 1)).isPositive();
    assertThat(count(expected, s -> s.anchors() == 2)).isPositive();
  }

  /** Rows of a search that lowers the probability of label 1, step by step. */
  private static List<Asked> simba(long seed, int queries) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] best = new float[D];
    best[0] = 1.5f;
    best[1] = 1.5f;
    List<Asked> rows = new ArrayList<>(List.of(answered(best)));
    float lowest = yes(best);
    while (rows.size() < queries) {
      float[] q = unit(CleanModel.row(D, random));
      for (float step : new float[] {0.1f, -0.1f}) {
        float[] x = plus(best, q, step);
        rows.add(answered(x));
        if (yes(x) < lowest) {
          lowest = yes(x);
          best = x;
          break;
        }
      }
    }
    return rows;
  }

  private static float yes(float[] x) {
    return CleanModel.answer(x).probabilities()[0];
  }

  private static Asked answered(float[] x) {
    float p = yes(x);
    return new Asked(x, p > 0.5f ? 1 : 2, Math.max(p, 1 - p));
  }

  private static List<Seen> measure(List<Asked> rows) {
    return measure(rows, i -> false);
  }

  /** As the engine does it; the state is written and read before some rows. */
  private static List<Seen> measure(List<Asked> rows, IntFunction<Boolean> reread) {
    Search search = new Search();
    History history = new History(rows.get(0).x().length);
    float radius = 0.4f * rows.get(0).x().length; // squared, as the engine's
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (reread.apply(i)) {
        search = CleanModel.reread(search, Search::read);
      }
      Asked row = rows.get(i);
      search.measure(row.x(), row.label(), row.confidence(), radius, history);
      search.follow(row.x(), row.label(), i % 5 > 1);
      history.add(row.x(), row.label());
      seen.add(Seen.of(search));
    }
    return seen;
  }

  private interface Fact {
    boolean of(Seen seen);
  }

  private static long count(List<Seen> seen, Fact fact) {
    return seen.stream().filter(fact::of).count();
  }

  private static double share(List<Seen> seen, Fact hit, Fact trial) {
    return (double) count(seen, hit) / count(seen, trial);
  }

  private static List<Integer> indices(List<Seen> seen, Fact fact) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (fact.of(seen.get(i))) {
        indices.add(i);
      }
    }
    return indices;
  }

  private static float[] plus(float[] x, float[] u, float times) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + times * u[i];
    }
    return y;
  }

  private static float[] unit(float[] x) {
    double length = 0;
    for (float v : x) {
      length += v * v;
    }
    return plus(new float[x.length], x, (float) (1 / Math.sqrt(length)));
  }
}
