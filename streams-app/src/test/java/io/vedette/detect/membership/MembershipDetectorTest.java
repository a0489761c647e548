package io.vedette.detect.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Payload;
import io.vedette.core.Severity;
import io.vedette.detect.CleanModel;
import io.vedette.detect.DetectorChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipDetectorTest {

  private static final int D = 16;
  private static final Baseline BASELINE = CleanModel.baseline(D, 10);

  @Test
  void shouldOpenACriticalIncidentAtOnceWhenADecoyIsAsked() {
    // Given
    List<float[]> decoys = rows(1, 3);
    DetectorChain chain = chain(List.of(), decoys);

    // When: after two thousand ordinary rows
    ask(chain, rows(2, 2_000));
    assertThat(chain.findings()).isEmpty();
    ask(chain, decoys.subList(0, 1));

    // Then
    assertThat(chain.incidents()).hasSize(1);
    Incident incident = chain.incidents().get(0);
    assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident.evidence()).extracting(m -> m.name()).contains("false_decoys_expected");
    assertThat(mechanisms(chain)).containsOnly("decoy");
  }

  @Test
  void shouldOpenAnIncidentWhenHalfOfAListIsTrainingData() {
    // Given
    List<float[]> training = rows(3, 500);
    List<float[]> fresh = rows(4, 500);
    DetectorChain chain = chain(training, List.of());
    List<float[]> list = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      list.add(i % 2 == 0 ? training.get(i) : fresh.get(i));
    }

    // When
    ask(chain, list);

    // Then
    assertThat(chain.incidents()).isNotEmpty();
    assertThat(mechanisms(chain)).containsOnly("training-rows");
  }

  @Test
  void shouldAccuseNobodyWhenOneCustomerInTenIsScoredAgain() {
    // Given
    List<float[]> training = rows(5, 500);
    List<float[]> fresh = rows(6, 2_000);
    DetectorChain chain = chain(training, List.of());
    List<float[]> list = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      list.add(i % 10 == 0 ? training.get(i / 10) : fresh.get(i));
    }

    // When
    ask(chain, list);

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldNameChosenSeedsWhenOnlySureRowsAreCopied() {
    // Given
    DetectorChain chain = chain(List.of(), List.of());
    SplittableRandom random = new SplittableRandom(7);
    List<float[]> asked = new ArrayList<>();

    // When: as Merlin, with the same noise about every row that the model is sure of
    for (float[] seed : rows(8, 120)) {
      asked.add(seed);
      for (int copy = 0; copy < 8 && CleanModel.answer(seed).confidence() > 0.85; copy++) {
        asked.add(noisy(seed, random));
      }
    }
    ask(chain, asked);

    // Then
    assertThat(chain.incidents()).isNotEmpty();
    assertThat(mechanisms(chain)).containsOnly("chosen-seeds");
  }

  @Test
  void shouldAccuseNobodyWhenEveryRowIsCopiedWithTheSameNoise() {
    // Given
    DetectorChain chain = chain(List.of(), List.of());
    SplittableRandom random = new SplittableRandom(9);
    List<float[]> asked = new ArrayList<>();

    // When: a robustness test
    for (float[] seed : rows(10, 150)) {
      asked.add(seed);
      for (int copy = 0; copy < 10; copy++) {
        asked.add(noisy(seed, random));
      }
    }
    ask(chain, asked);

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenOnlyUnsureRowsAreCopied() {
    // Given
    DetectorChain chain = chain(List.of(), List.of());
    SplittableRandom random = new SplittableRandom(11);
    List<float[]> asked = new ArrayList<>();

    // When: an analyst who looks at the doubtful cases
    for (float[] seed : rows(12, 150)) {
      asked.add(seed);
      for (int copy = 0; copy < 8 && CleanModel.answer(seed).confidence() < 0.85; copy++) {
        asked.add(noisy(seed, random));
      }
    }
    ask(chain, asked);

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void shouldNameGrowingNoiseWhenItGrowsAlongOneDirectionAfterTheOther() {
    // Given
    DetectorChain chain = chain(List.of(), List.of());
    SplittableRandom random = new SplittableRandom(13);
    List<float[]> asked = new ArrayList<>();

    // When: the way to the label's boundary along four directions about each of 25 rows
    for (float[] seed : rows(14, 25)) {
      asked.add(seed);
      for (int i = 0; i < 24; i++) {
        asked.add(spread(seed, 0.1f * (float) Math.pow(1.5, i % 6), random));
      }
    }
    ask(chain, asked);

    // Then
    assertThat(chain.incidents()).isNotEmpty();
    assertThat(mechanisms(chain)).containsOnly("growing-noise");
    assertThat(chain.findings().get(0).evidence())
        .extracting(m -> m.name())
        .contains("farther_share", "ladder_share", "probed_seeds");
    assertThat(chain.findings().get(0).evidence())
        .filteredOn(m -> m.name().endsWith("_share") || m.name().equals("probed_seeds"))
        .allMatch(m -> m.value() > m.limit());
  }

  @Test
  void shouldAccuseNobodyWhenTheStrengthsOfNoiseComeInNoOrder() {
    // Given
    DetectorChain chain = chain(List.of(), List.of());
    SplittableRandom random = new SplittableRandom(15);
    List<float[]> asked = new ArrayList<>();

    // When: a robustness test that draws the strength of each copy
    for (float[] seed : rows(16, 200)) {
      asked.add(seed);
      for (int copy = 0; copy < 12; copy++) {
        asked.add(spread(seed, 0.05f + 0.6f * (float) random.nextDouble(), random));
      }
    }
    ask(chain, asked);

    // Then
    assertThat(chain.findings()).isEmpty();
  }

  private static DetectorChain chain(List<float[]> training, List<float[]> decoys) {
    Fingerprints.Builder builder = new Fingerprints.Builder("sixteen characters");
    training.forEach(x -> builder.add(CleanModel.MODEL.name(), features(x), false));
    decoys.forEach(x -> builder.add(CleanModel.MODEL.name(), features(x), true));
    MembershipConfig config = MembershipConfig.of(Map.of(), builder.build());
    return DetectorChain.caller(Membership.detector(config), BASELINE);
  }

  private static void ask(DetectorChain chain, List<float[]> rows) {
    long time = 1_000_000;
    for (float[] x : rows) {
      chain.observe(CleanModel.exchange("eve", time += 1_000_000, x));
    }
  }

  private static List<String> mechanisms(DetectorChain chain) {
    return chain.findings().stream()
        .map(Finding::attributes)
        .map(a -> a.getOrDefault("mechanism", ""))
        .toList();
  }

  private static Payload.Features features(float[] x) {
    return new Payload.Features(x, 1, x.length, new int[] {x.length}, List.of(), false);
  }

  /** Independent noise on every feature. */
  private static float[] spread(float[] seed, float sigma, SplittableRandom random) {
    float[] x = seed.clone();
    for (int i = 0; i < D; i++) {
      x[i] += sigma * (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] noisy(float[] seed, SplittableRandom random) {
    float[] noise = CleanModel.row(D, random);
    float[] x = seed.clone();
    for (int i = 0; i < D; i++) {
      x[i] += 0.2f * noise[i];
    }
    return x;
  }

  private static List<float[]> rows(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      rows.add(CleanModel.row(D, random));
    }
    return rows;
  }
}
