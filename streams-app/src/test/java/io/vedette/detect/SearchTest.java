package io.vedette.detect;

import static io.vedette.detect.Stays.D;
import static io.vedette.detect.Stays.answered;
import static io.vedette.detect.Stays.count;
import static io.vedette.detect.Stays.indices;
import static io.vedette.detect.Stays.measure;
import static io.vedette.detect.Stays.plus;
import static io.vedette.detect.Stays.share;
import static io.vedette.detect.Stays.simba;
import static io.vedette.detect.Stays.yes;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.detect.Stays.Asked;
import io.vedette.detect.Stays.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

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
  void shouldHaveReachedWhenAnotherLabelNearTheFirstRowIsKept() {
    // Given a search that starts beside the boundary, and one that is far from it
    List<Asked> near = new ArrayList<>();
    for (Asked row : simba(3, 60)) {
      near.add(new Asked(row.x(), 1, row.confidence()));
    }
    int at = near.size();
    Asked last = near.get(at - 1);
    near.add(new Asked(plus(last.x(), new float[D], 1), 2, 0.6f));
    near.add(
        new Asked(
            plus(near.get(0).x(), CleanModel.row(D, new SplittableRandom(1)), 0.02f), 2, 0.6f));
    near.add(
        new Asked(
            plus(near.get(0).x(), CleanModel.row(D, new SplittableRandom(2)), 0.02f), 2, 0.7f));

    // When
    List<Seen> seen = measure(near, i -> i == at + 2);

    // Then: one answer may be a slip, two are not; the state remembers
    assertThat(seen.subList(0, at + 1)).noneMatch(Seen::reached);
    assertThat(seen.get(seen.size() - 1).reached()).isTrue();
  }

  @Test
  void shouldNotHaveReachedWhenTheLabelFlickersOrIsFarAway() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    float[] first = CleanModel.row(D, random);
    List<Asked> flicker = new ArrayList<>();
    List<Asked> walk = new ArrayList<>();
    float[] away = first;
    for (int i = 0; i < 100; i++) {
      float[] beside = plus(first, CleanModel.row(D, random), 0.02f);
      flicker.add(new Asked(beside, 1 + i % 2, 0.6f));
      away =
          plus(away, new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1);
      walk.add(new Asked(away, i < 10 ? 1 : 2, 0.9f));
    }

    // Then
    assertThat(measure(flicker)).noneMatch(Seen::reached);
    assertThat(measure(walk)).noneMatch(Seen::reached);
  }

  @Test
  void shouldForgetWhatWasReachedWhenTheCallerIsElsewhereForLong() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    float[] first = CleanModel.row(D, random);
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new Asked(plus(first, CleanModel.row(D, random), 0.02f), i < 10 ? 1 : 2, 0.6f));
    }
    int reached = rows.size() - 1;
    for (int i = 0; i < 70; i++) {
      rows.add(answered(plus(new float[D], CleanModel.row(D, random), 30)));
    }

    // When
    List<Seen> seen = measure(rows);

    // Then
    assertThat(seen.get(reached).reached()).isTrue();
    assertThat(seen.get(reached + 60).reached()).isTrue();
    assertThat(seen.get(seen.size() - 1).reached()).isFalse();
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
    assertThat(count(expected, Seen::lowReturn)).isPositive();
    assertThat(count(expected, s -> s.bisections() > 1)).isPositive();
    assertThat(count(expected, s -> s.anchors() == 2)).isPositive();
  }
}
