package io.vedette.detect.evasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Nulls;
import io.vedette.core.CallerId;
import io.vedette.core.Finding;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.detect.CellSighting;
import io.vedette.detect.CleanModel;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellDetectorTest {

  private static final Baseline BASELINE = CleanModel.baseline(20, 10);
  private static final int SKETCH = CellMembers.SKETCH;

  private final CellDetector detector = new CellDetector(model -> BASELINE);

  @ParameterizedTest
  @ValueSource(ints = {3, 50})
  void shouldFindTheSybilsWhenTheyShareABisection(int accounts) {
    // Given
    List<CellSighting> sightings = bisections(accounts, 40);

    // When
    List<Finding> findings = play(sightings, -1);

    // Then
    Finding last = findings.get(findings.size() - 1);
    assertThat(last.logEvidence()).isGreaterThan(9.5);
    assertThat(last.scope()).isEqualTo(Scope.CELL);
    assertThat(last.principal()).isNull();
    assertThat(last.principals()).hasSize(Math.min(accounts, CellMembers.RING));
    assertThat(last.tenant()).isEqualTo("acme");
    assertThat(last.evidence())
        .filteredOn(m -> m.name().equals("near_copies"))
        .singleElement()
        .satisfies(m -> assertThat(m.limit()).isPositive().isLessThan(m.value()));
  }

  @Test
  void shouldFindTwoAccountsWhenTheyBracketTheBoundaryAndLeaveOneToTheCallersDetector() {
    // When
    List<Finding> two = play(bisections(2, 40), -1);
    List<Finding> one = play(bisections(1, 40), -1);

    // Then
    assertThat(two).isNotEmpty();
    assertThat(two.get(0).principals()).containsExactlyInAnyOrder("a-0", "a-1");
    assertThat(one).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldStaySilentWhenOneEntityWandersAboutTheBoundary(long seed) {
    // Given a walk whose label follows its first component
    SplittableRandom random = new SplittableRandom(seed);
    List<CellSighting> sightings = new ArrayList<>();
    double[] at = new double[SKETCH];
    for (int i = 0; i < 300; i++) {
      for (int c = 0; c < SKETCH; c++) {
        at[c] = 0.98 * at[c] + 40 * random.nextDouble(-1, 1);
      }
      sightings.add(sighting("a-0", at, at[0] > 0 ? 1 : 2, i));
    }

    // When
    List<Finding> findings = play(sightings, -1);

    // Then
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldStaySilentWhenManyAccountsAgree() {
    // Given popular inputs with one label, a fifth of the clean traffic in one cell
    SplittableRandom random = new SplittableRandom(9);
    CellDetector popular = new CellDetector(model -> withDensity(0.2f));
    CellMembers state = popular.create();
    List<Finding> findings = new ArrayList<>();

    // When
    for (int i = 0; i < 500; i++) {
      double[] at = random.doubles(SKETCH, -300, 300).toArray();
      popular.observe(state, sighting("a-" + i, at, 1, i), findings::add);
    }

    // Then
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 200})
  void shouldKeepVillesBoundWhenTheFirstMembersDiscloseNoConfidence(int silent) {
    // Given confidences without aim, after so many answers with a label alone
    SplittableRandom random = new SplittableRandom(silent);
    int runs = 3_000;
    int alarms = 0;

    // When
    for (int run = 0; run < runs; run++) {
      CellMembers state = detector.create();
      double best = 0;
      for (int i = 0; i < silent + 60; i++) {
        float confidence = i < silent ? Float.NaN : (float) random.nextDouble(0.5, 1);
        short[] sketch = {(short) i, (short) run, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        detector.observe(state, sighting("a-0", sketch, 1, i, confidence), f -> {});
        best = Math.max(best, state.wagers.recordEvidence(2, 1));
      }
      alarms += best >= 100 ? 1 : 0;
    }

    // Then
    assertThat(alarms / (double) runs).isLessThanOrEqualTo(0.01 + 3 * Math.sqrt(0.0099 / runs));
  }

  @Test
  void shouldBetOnTheScoreWhenAccountsShareASearch() {
    // Given five accounts who lower the confidence in every third try
    List<CellSighting> sightings = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    float lowest = 0.99f;
    for (int i = 0; i < 150; i++) {
      boolean lower = i % 3 == 2;
      lowest -= lower ? 0.009f : 0;
      short[] sketch = new short[SKETCH];
      for (int c = 0; c < SKETCH; c++) {
        sketch[c] = (short) random.nextInt(-300, 300);
      }
      sightings.add(sighting("a-" + i % 5, sketch, 1, i, lower ? lowest : lowest + 0.004f));
    }

    // When
    List<Finding> findings = play(sightings, -1);

    // Then
    Finding last = findings.get(findings.size() - 1);
    assertThat(last.logEvidence()).isGreaterThan(9.5);
    assertThat(last.principals()).hasSize(5);
  }

  @Test
  void shouldFindACrowdWhenManyAccountsSendEditsOfOneInput() {
    // Given more members than the densest clean cell would ever hold, all with one label
    List<CellSighting> sightings = new ArrayList<>();
    double expected = Math.max(0.5, BASELINE.nulls().cellDensity() * BASELINE.nulls().rowsPerDay());
    SplittableRandom random = new SplittableRandom(9);
    int many = (int) (80 + 30 * expected);
    for (int i = 0; i < many; i++) {
      double[] at = random.doubles(SKETCH, -300, 300).toArray();
      sightings.add(sighting("a-" + i % 10, at, 1, i));
    }
    List<CellSighting> seven = new ArrayList<>();
    for (CellSighting s : sightings) {
      seven.add(sighting("a-" + seven.size() % 7, s.sketch(), 1, seven.size(), 0.9f));
    }

    // When
    List<Finding> crowd = play(sightings, -1);
    List<Finding> few = play(seven, -1);

    // Then seven accounts need a second sign
    assertThat(crowd).isNotEmpty();
    assertThat(crowd.get(crowd.size() - 1).logEvidence()).isGreaterThan(9.5);
    assertThat(few).isEmpty();
  }

  @Test
  void shouldCountOnceWhenARowIsRepeated() {
    // Given
    List<CellSighting> once = bisections(5, 3);
    List<CellSighting> thrice = new ArrayList<>();
    once.forEach(s -> thrice.addAll(List.of(s, s, s)));
    CellMembers state = detector.create();

    // When
    thrice.forEach(s -> detector.observe(state, s, f -> {}));

    // Then
    assertThat(state.members).isEqualTo(once.size());
  }

  @Test
  void shouldIgnoreASightingWhenItHasNoLabel() {
    // Given
    CellMembers state = detector.create();

    // When
    detector.observe(state, sighting("a-0", new double[SKETCH], 0, 1), f -> {});

    // Then
    assertThat(state.members).isZero();
  }

  @Test
  void shouldFindTheSameWhenReadBeforeAnySighting() {
    // Given
    List<CellSighting> sightings = bisections(5, 6);
    List<Finding> expected = play(sightings, -1);

    // When
    for (int split = 0; split <= sightings.size(); split++) {
      List<Finding> findings = play(sightings, split);

      // Then
      assertThat(findings).as("read before %d", split).isEqualTo(expected);
    }
    assertThat(expected).isNotEmpty();
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() {
    // Given
    CellMembers state = detector.create();
    bisections(5, 6).forEach(s -> detector.observe(state, s, f -> {}));
    byte[] bytes = CleanModel.bytes(state);

    // When / Then
    for (int length = 0; length < bytes.length; length += 3) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> detector.read(new DataInputStream(new ByteArrayInputStream(part))))
          .isInstanceOf(IOException.class);
    }
  }

  /** Searches of one boundary along slanted lines, dealt to the accounts in turn. */
  private static List<CellSighting> bisections(int accounts, int searches) {
    SplittableRandom random = new SplittableRandom(4);
    List<CellSighting> sightings = new ArrayList<>();
    for (int s = 0; s < searches; s++) {
      double[] low = random.doubles(SKETCH, -900, 0).toArray();
      double[] high = random.doubles(SKETCH, 100, 900).toArray();
      double frontier = random.nextDouble(0.2, 0.8);
      double a = 0;
      double b = 1;
      for (int k = 0; k < 6; k++) {
        double t = k == 0 ? 0 : k == 1 ? 1 : (a + b) / 2;
        boolean below = t < frontier;
        if (k > 1 && below) {
          a = t;
        } else if (k > 1) {
          b = t;
        }
        double[] x = new double[SKETCH];
        for (int c = 0; c < SKETCH; c++) {
          x[c] = low[c] + t * (high[c] - low[c]);
        }
        int n = sightings.size();
        sightings.add(sighting("a-" + n % accounts, x, below ? 1 : 2, n));
      }
    }
    return sightings;
  }

  private static CellSighting sighting(String principal, double[] at, int label, int n) {
    short[] sketch = new short[SKETCH];
    for (int c = 0; c < SKETCH; c++) {
      sketch[c] = (short) Math.round(at[c]);
    }
    return sighting(principal, sketch, label, n, 0.9f);
  }

  private static CellSighting sighting(
      String principal, short[] sketch, int label, int n, float confidence) {
    return new CellSighting(
        77,
        new CallerId("acme", principal),
        CleanModel.MODEL,
        1_000_000L * n,
        31L * Arrays.hashCode(sketch) + 1,
        label,
        confidence,
        sketch,
        new Sample("r-" + n, new Origin("requests", 0, n)));
  }

  private static Baseline withDensity(float density) {
    Baseline b = BASELINE;
    Nulls n = b.nulls();
    Nulls dense =
        new Nulls(
            n.distance(),
            n.step(),
            n.minor(),
            n.near(),
            n.neighbourhood(),
            n.surprise(),
            n.novelty(),
            n.scatter(),
            n.bisection(),
            n.sweep(),
            n.antithetic(),
            n.contest(),
            n.cellWidth(),
            density,
            n.rowsPerDay());
    return new Baseline(
        b.model(),
        b.version(),
        b.createdAtMicros(),
        b.calibrationId(),
        b.finished(),
        b.rows(),
        b.frame(),
        b.manifold(),
        dense,
        b.columns(),
        b.labels(),
        b.confidences(),
        b.callerShares(),
        b.landmarks());
  }

  private List<Finding> play(List<CellSighting> sightings, int split) {
    List<Finding> findings = new ArrayList<>();
    CellMembers state = detector.create();
    for (int i = 0; i < sightings.size(); i++) {
      state = i == split ? CleanModel.reread(state, detector::read) : state;
      detector.observe(state, sightings.get(i), findings::add);
    }
    return findings;
  }
}
