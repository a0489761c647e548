package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;
import io.vedette.detect.Stays.Asked;
import io.vedette.detect.Stays.Seen;
import io.vedette.detect.evasion.Evasion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaysTest {

  private static final int D = Stays.D;
  private static final long SECOND = 1_000_000;
  private static final Baseline BASELINE = CleanModel.baseline(D, 10);
  private static final int BATCH = 20; // proposals, then as many steps towards the target

  @ParameterizedTest
  @ValueSource(floats = {0.005f, 0.01f, 0.1f, 0.3f})
  void shouldPairEachProposalWithItsStepWhateverTheScalesAre(float step) {
    // Given features on scales of their own, so that no distance is as it was for the attacker
    SplittableRandom random = new SplittableRandom(1);
    float[] scales = new float[D];
    for (int c = 0; c < D; c++) {
      scales[c] = (float) Math.exp(random.nextDouble(-1, 1));
    }

    // When
    List<Seen> seen = Stays.measure(scaled(boundary(random, 10, step), scales));

    // Then nearly all steps, but those of proposals before the stay, and no proposal
    long pairs = Stays.count(seen, Seen::sameRay);
    assertThat(pairs).isBetween(10L * BATCH - 10, 10L * BATCH + 2);
  }

  @Test
  void shouldPairHardlyAnyWhenRowsAreNoiseAboutAPlace() {
    // Given
    SplittableRandom random = new SplittableRandom(2);
    List<Asked> rows = new ArrayList<>(List.of(asked(new float[D]), asked(far(random))));
    for (int i = 0; i < 5_000; i++) {
      rows.add(asked(Stays.plus(rows.get(1).x(), noise(random), 0.1f)));
    }

    // When
    List<Seen> seen = Stays.measure(rows);

    // Then far fewer than the one in fifty that is bet against
    assertThat(Stays.count(seen, Seen::sameRay)).isLessThan(25);
  }

  @Test
  void shouldPairHardlyAnyWhenWholeNumbersWaverAndOneColumnDoesNot() {
    // Given a machine whose readings are whole but for one, off the row that was asked before
    SplittableRandom random = new SplittableRandom(8);
    List<Asked> rows = new ArrayList<>(List.of(asked(new float[D])));
    float[] place = far(random);
    for (int i = 0; i < 2_000; i++) {
      float[] x = place.clone();
      x[0] += 0.05f * (float) random.nextGaussian();
      x[1 + random.nextInt(3)] += random.nextInt(2) * 0.8f;
      rows.add(asked(x));
    }

    // When
    List<Seen> seen = Stays.measure(rows);

    // Then
    assertThat(Stays.count(seen, s -> s.place() > 1)).isGreaterThan(1_900);
    assertThat(Stays.count(seen, Seen::sameRay)).isLessThan(25);
  }

  @Test
  void shouldPairOneRowOnlyWhenASliderGoesFromHereToThere() {
    // Given a slider from each case towards the one before, and noise about the case in between
    SplittableRandom random = new SplittableRandom(3);
    float[] before = new float[D];
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(asked(before));
      float[] here = Stays.plus(before, Stays.unit(noise(random)), 6);
      rows.add(asked(here));
      for (int step = 1; step <= 30; step++) {
        rows.add(asked(Stays.plus(here, Stays.plus(before, here, -1), step / 300f)));
        rows.add(asked(Stays.plus(here, noise(random), 0.05f)));
      }
      before = here;
    }

    // When
    List<Seen> seen = Stays.measure(rows);

    // Then of 30 rows on a ray one
    assertThat(Stays.count(seen, s -> s.place() > 1)).isGreaterThan(1_000);
    assertThat(Stays.count(seen, Seen::sameRay)).isBetween(10L, 40L);
  }

  @Test
  void shouldNotPairWhenTheSameRowsComeAgain() {
    // Given rows of one neighbourhood that are scored three times
    SplittableRandom random = new SplittableRandom(4);
    List<Asked> batch = new ArrayList<>();
    float[] place = far(random);
    for (int i = 0; i < 15; i++) {
      batch.add(asked(Stays.plus(place, noise(random), 0.2f)));
    }
    List<Asked> rows = new ArrayList<>(List.of(asked(new float[D])));
    for (int i = 0; i < 3; i++) {
      rows.addAll(batch);
    }

    // When, Then
    assertThat(Stays.count(Stays.measure(rows), Seen::sameRay)).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldSeeTheSameWhenTheStateIsWrittenAndReadInBetween() {
    // Given
    List<Asked> rows = boundary(new SplittableRandom(5), 6, 0.02f);

    // When
    List<Seen> whole = Stays.measure(rows);
    List<Seen> reread = Stays.measure(rows, i -> i % 7 == 3);

    // Then
    assertThat(reread).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"true, 50", "false, 130"})
  void shouldBeEvasionWhenTriesStepTowardsOneRow(boolean targetAsked, int within) {
    // Given every try succeeds, so that labels say nothing
    SplittableRandom random = new SplittableRandom(6);
    DetectorChain chain = DetectorChain.caller(Evasion.callers(), BASELINE);
    List<Asked> rows = boundary(random, 10, 0.02f);

    // When
    int queries = 0;
    for (Asked row : targetAsked ? rows : rows.subList(1, rows.size())) {
      if (chain.incidents().isEmpty()) {
        queries++;
        chain.observe(CleanModel.exchange("eve", queries * SECOND, row.x()));
      }
    }

    // Then
    assertThat(queries).isLessThan(within);
    Finding last = chain.findings().get(chain.findings().size() - 1);
    assertThat(last.attributes()).containsEntry("mechanism", "boundary-search");
    assertThat(last.evidence()).anyMatch(m -> m.name().equals("probe_share"));
  }

  /**
   * The boundary attack as published: rows about the best one, at its distance from the target,
   * then each of them a little towards the target; the nearest is the new best one.
   */
  private static List<Asked> boundary(SplittableRandom random, int rounds, float step) {
    float[] target = new float[D];
    float[] best = far(random);
    List<Asked> rows = new ArrayList<>(List.of(asked(target), asked(best)));
    for (int round = 0; round < rounds; round++) {
      List<float[]> proposals = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        float[] c = Stays.plus(best, noise(random), 0.02f);
        proposals.add(c);
        rows.add(asked(c));
      }
      for (float[] c : proposals) {
        best = Stays.plus(c, Stays.plus(target, c, -1), step / 10);
        rows.add(asked(Stays.plus(c, Stays.plus(target, c, -1), step)));
      }
    }
    return rows;
  }

  private static List<Asked> scaled(List<Asked> rows, float[] scales) {
    return rows.stream()
        .map(
            row -> {
              float[] x = row.x().clone();
              for (int c = 0; c < x.length; c++) {
                x[c] *= scales[c];
              }
              return new Asked(x, row.label(), row.confidence());
            })
        .toList();
  }

  private static float[] far(SplittableRandom random) {
    return Stays.plus(new float[D], Stays.unit(noise(random)), 6);
  }

  private static float[] noise(SplittableRandom random) {
    float[] u = new float[D];
    for (int c = 0; c < D; c++) {
      u[c] = (float) random.nextGaussian();
    }
    return u;
  }

  private static Asked asked(float[] x) {
    return new Asked(x, 1, 0.9f);
  }
}
