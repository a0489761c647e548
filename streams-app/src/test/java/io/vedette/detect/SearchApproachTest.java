package io.vedette.detect;

import static io.vedette.detect.Stays.D;
import static io.vedette.detect.Stays.answered;
import static io.vedette.detect.Stays.count;
import static io.vedette.detect.Stays.measure;
import static io.vedette.detect.Stays.plus;
import static io.vedette.detect.Stays.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.detect.Stays.Asked;
import io.vedette.detect.Stays.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchApproachTest {

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
  @ValueSource(longs = {1, 2, 3})
  void shouldCountNothingWhenAListIsSentAgain(long seed) {
    // Given a list in which two customers are alike, more rows long than repeats are known
    SplittableRandom random = new SplittableRandom(seed);
    List<Asked> list = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      list.add(answered(CleanModel.row(D, random)));
    }
    list.add(answered(plus(list.get(49).x(), CleanModel.row(D, random), 0.1f)));
    List<Asked> rows = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      rows.addAll(list);
    }

    // When
    List<Seen> seen = measure(rows);

    // Then
    assertThat(count(seen, s -> s.place() > 0)).isGreaterThan(10);
    assertThat(count(seen, Seen::sameRadius)).isZero();
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
}
