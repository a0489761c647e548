package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.Answer;
import io.vedette.core.Detector;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Payload;
import io.vedette.core.Profile;
import io.vedette.core.State;
import io.vedette.detect.evasion.Evasion;
import io.vedette.detect.extraction.Extraction;
import io.vedette.detect.inversion.Inversion;
import io.vedette.detect.inversion.InversionConfig;
import io.vedette.detect.membership.Membership;
import io.vedette.detect.membership.MembershipConfig;
import io.vedette.stats.MixtureGrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerEngineTest {

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final Baseline BASELINE = CleanModel.baseline(30, 10);

  /** All that an engine hands out. */
  private static final class Out implements CallerOutput {
    final List<Finding> findings = new ArrayList<>();
    final List<CellSighting> cells = new ArrayList<>();
    final List<ModelUpdate> updates = new ArrayList<>();
    final List<String> fenced = new ArrayList<>();

    @Override
    public void finding(Finding finding) {
      findings.add(finding);
    }

    @Override
    public void cell(CellSighting sighting) {
      cells.add(sighting);
    }

    @Override
    public void update(ModelUpdate update) {
      updates.add(update);
    }

    @Override
    public void fenced(String detector, RuntimeException cause) {
      fenced.add(detector);
    }
  }

  @Test
  void shouldFindTheSameWhenReadBeforeAnyExchange() {
    // Given a sampler among whose rows are repeats, a midnight and a bisection
    List<Exchange> exchanges = attack();
    Out expected = play(exchanges, -1);

    // When
    for (int split = 0; split <= exchanges.size(); split++) {
      Out out = play(exchanges, split);

      // Then
      assertThat(out.findings).as("read before %d", split).isEqualTo(expected.findings);
    }
    assertThat(expected.findings).extracting(Finding::detector).contains("extraction", "evasion");
  }

  @Test
  void shouldKnowMoreTomorrowWhenASamplerWorksThroughMidnight() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = -6; i < 6; i++) {
      float[] x = new float[30];
      for (int c = 0; c < x.length; c++) {
        x[c] = (float) random.nextDouble(-6, 6);
      }
      exchanges.add(CleanModel.exchange("eve", DAY + i * SECOND, x));
    }

    // When
    List<Finding> through = play(exchanges, -1).findings;
    List<Finding> after = play(exchanges.subList(6, 12), -1).findings;

    // Then
    double withYesterday = through.get(through.size() - 1).logEvidence();
    double alone = after.get(after.size() - 1).logEvidence();
    assertThat(withYesterday - alone).isGreaterThan(1);
    assertThat(through.get(through.size() - 1).attributes())
        .containsEntry("carriedLogEvidence", "2.9");
    assertThat(after.get(after.size() - 1).attributes()).doesNotContainKey("carriedLogEvidence");
  }

  @Test
  void shouldLeaveMonitoredEntitiesAloneWhenTheyWalkOffTurnByTurn() {
    // Given four machines whose readings drift far out, each in small steps
    SplittableRandom random = new SplittableRandom(7);
    List<Exchange> exchanges = new ArrayList<>();
    float[][] machines = new float[4][];
    float[][] courses = new float[4][];
    for (int m = 0; m < machines.length; m++) {
      machines[m] = CleanModel.row(30, random);
      courses[m] = CleanModel.row(30, random);
    }
    for (int i = 0; i < 400; i++) {
      int m = i % machines.length;
      for (int c = 0; c < 30; c++) {
        machines[m][c] += 0.12f * courses[m][c] + 0.05f * (float) random.nextGaussian();
      }
      exchanges.add(CleanModel.exchange("plant", i * SECOND, machines[m].clone()));
    }

    // When, then
    assertThat(play(exchanges, -1).findings).isEmpty();
  }

  @Test
  void shouldTellCellsAndPanesOnceWhenARowIsRepeated() {
    // Given
    float[] x = CleanModel.row(30, new SplittableRandom(1));
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      exchanges.add(CleanModel.exchange("c1", i * SECOND, x));
    }

    // When
    Out out = play(exchanges, -1);

    // Then a row has four fingerprints and counts once
    assertThat(out.cells).hasSize(4);
    assertThat(out.updates).hasSize(2);
    assertThat(((NewcomerRow) out.updates.get(0)).exchange().timeMicros()).isZero();
    assertThat(((PaneDelta) out.updates.get(1)).rows()).isEqualTo(1);
  }

  @Test
  void shouldSurviveWhenInputIsHostile() {
    // Given
    float[] nan = filled(Float.NaN);
    float[] infinite = filled(Float.POSITIVE_INFINITY);
    float[] huge = filled(Float.MAX_VALUE);
    List<Exchange> exchanges = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      float[] base = List.of(nan, infinite, huge).get(i % 3).clone();
      base[i % 30] = (float) random.nextDouble();
      exchanges.add(CleanModel.exchange("eve", 3 * i * SECOND, base));
      exchanges.add(
          CleanModel.exchange(
              "eve", (3 * i + 1) * SECOND, features(base), List.of(Answer.UNKNOWN)));
      exchanges.add(CleanModel.exchange("eve", (3 * i + 2) * SECOND, features(base), List.of()));
    }
    exchanges.add(CleanModel.exchange("eve", DAY / 2, Payload.NONE, List.of()));
    exchanges.add(CleanModel.exchange("eve", DAY / 2, new Payload.Hash("x"), List.of()));
    exchanges.add(CleanModel.exchange("eve", DAY / 2, features(new float[0]), List.of()));
    exchanges.add(CleanModel.exchange("eve", DAY / 2, features(new float[31]), List.of()));

    // When
    Out out = play(exchanges, 300);

    // Then
    assertThat(out.fenced).isEmpty();
    for (Finding finding : out.findings) {
      assertThat(finding.logEvidence()).isFinite();
      assertThat(finding.score()).isBetween(0.0, 1.0);
      finding.evidence().forEach(m -> assertThat(m.value()).isFinite());
    }
  }

  @Test
  void shouldFenceADetectorWhenItThrows() {
    // Given
    Out out = new Out();
    CallerEngine engine =
        new CallerEngine(
            List.of(new Faulty(), Evasion.callers()), m -> BASELINE, 42, Long.MIN_VALUE, true);
    CallerState state = engine.create();

    // When
    for (Exchange exchange : attack()) {
      engine.observe(state, exchange, out);
    }

    // Then the other one goes on, and the blindness is told once a day
    assertThat(out.findings).extracting(Finding::detector).contains("evasion");
    assertThat(out.findings.stream().filter(f -> f.detector().equals("coverage"))).hasSize(2);
    assertThat(out.fenced).hasSizeGreaterThan(50).containsOnly("extraction");
  }

  @Test
  void shouldOnlyTeachWhenNoBaselineIsInForce() {
    // Given
    Out out = new Out();
    CallerEngine engine = engine(null, Long.MIN_VALUE);
    CallerState state = engine.create();

    // When
    attack().forEach(e -> engine.observe(state, e, out));

    // Then
    assertThat(out.findings).isEmpty();
    assertThat(out.cells).isEmpty();
    assertThat(out.updates).hasSameSizeAs(attack()).allMatch(LearningRow.class::isInstance);
  }

  @Test
  void shouldKeepOnlyItsHashWhenACategoryIsHuge() throws IOException {
    // Given a category that no writeUTF can take
    Payload.Features features =
        new Payload.Features(
            new float[] {1},
            1,
            1,
            new int[] {1},
            List.of(new Payload.Categorical("note", List.of("x".repeat(1 << 20)))),
            false);
    Out out = new Out();
    CallerEngine engine = engine(null, Long.MIN_VALUE);

    // When
    engine.observe(
        engine.create(), CleanModel.exchange("eve", 1, features, List.of(Answer.UNKNOWN)), out);

    // Then
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    out.updates.get(0).write(new DataOutputStream(bytes));
    assertThat(bytes.size()).isLessThan(1_000);
  }

  @Test
  void shouldAccuseNobodyWhenTheLearningPeriodGoesOn() {
    // Given
    Out out = new Out();
    CallerEngine engine = engine(BASELINE, 10 * DAY);
    CallerState state = engine.create();

    // When
    attack().forEach(e -> engine.observe(state, e, out));

    // Then
    assertThat(out.findings).isEmpty();
    assertThat(out.cells).isEmpty();
  }

  @Test
  void shouldStayWithinFourKilobytesWhenAnOrdinaryCallerHasThirtyFeatures() {
    // Given
    CallerEngine engine = engine(BASELINE, Long.MIN_VALUE);
    CallerState state = engine.create();
    SplittableRandom random = new SplittableRandom(3);

    // When
    for (int i = 0; i < 500; i++) {
      engine.observe(
          state, CleanModel.exchange("c1", i * SECOND, CleanModel.row(30, random)), new Out());
    }

    // Then
    assertThat(state.bytes()).isLessThanOrEqualTo(4096);
    assertThat(CleanModel.bytes(state).length).isLessThanOrEqualTo(8_704);
  }

  @Test
  void shouldStayWithinTenKilobytesWhenAnAttackerHasThirtyFeatures() {
    // Given
    CallerEngine engine = engine(BASELINE, Long.MIN_VALUE);
    CallerState state = engine.create();

    // When
    attack().forEach(e -> engine.observe(state, e, new Out()));

    // Then
    assertThat(state.bytes()).isLessThanOrEqualTo(10_240);
    assertThat(CleanModel.bytes(state).length).isLessThanOrEqualTo(8_704);
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() {
    // Given
    CallerEngine engine = engine(BASELINE, Long.MIN_VALUE);
    CallerState state = engine.create();
    attack().forEach(e -> engine.observe(state, e, new Out()));
    byte[] bytes = CleanModel.bytes(state);

    // When / Then
    for (int length = 0; length < bytes.length; length += 11) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> engine.read(new DataInputStream(new ByteArrayInputStream(part))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldForgetTheOldestModelWhenACallerUsesMany() {
    // Given
    CallerState state = new CallerState();

    // When
    for (int m = 0; m < 1_000; m++) {
      state.track("model-" + m + "|1", 30, List.of(Extraction.detector(), Evasion.callers()));
    }

    // Then
    assertThat(state.bytes()).isLessThan(8 * 4096);
  }

  /** Rows far off, some of them twice; then a search of the boundary after midnight. */
  private static List<Exchange> attack() {
    SplittableRandom random = new SplittableRandom(3);
    List<Exchange> exchanges = new ArrayList<>();
    long time = DAY - 40 * SECOND;
    for (int i = 0; i < 40; i++) {
      float[] x = CleanModel.row(30, random);
      for (int c = 0; c < 30; c++) {
        x[c] *= 3;
      }
      exchanges.add(CleanModel.exchange("eve", time, x));
      if (i % 5 == 0) {
        exchanges.add(CleanModel.exchange("eve", time, x));
      }
      time += 2 * SECOND;
    }
    float[] low = CleanModel.row(30, random);
    float[] high = CleanModel.row(30, random);
    low[0] = -2;
    high[0] = 2;
    for (int k = 0; k < 12; k++) {
      float[] x = new float[30];
      float t = (float) (1 - Math.pow(0.5, k));
      for (int c = 0; c < 30; c++) {
        x[c] = low[c] + t * (high[c] - low[c]);
      }
      exchanges.add(CleanModel.exchange("eve", time += SECOND, x));
    }
    return exchanges;
  }

  private static Out play(List<Exchange> exchanges, int split) {
    Out out = new Out();
    CallerEngine engine = engine(BASELINE, Long.MIN_VALUE);
    CallerState state = engine.create();
    for (int i = 0; i < exchanges.size(); i++) {
      state = i == split ? CleanModel.reread(state, engine::read) : state;
      engine.observe(state, exchanges.get(i), out);
    }
    engine.drain(out);
    return out;
  }

  private static CallerEngine engine(@Nullable Baseline baseline, long learnUntil) {
    return new CallerEngine(
        List.of(
            Extraction.detector(),
            Evasion.callers(),
            Inversion.detector(InversionConfig.USUAL),
            Membership.detector(MembershipConfig.USUAL)),
        m -> baseline,
        42,
        learnUntil,
        true);
  }

  private static float[] filled(float v) {
    float[] x = new float[30];
    Arrays.fill(x, v);
    return x;
  }

  private static Payload.Features features(float[] x) {
    return new Payload.Features(x, 1, x.length, new int[] {x.length}, List.of(), false);
  }

  /** Always throws. */
  private static final class Faulty implements Detector<State, Observation> {
    private final MixtureGrid grid = new MixtureGrid();

    @Override
    public Profile profile() {
      return Extraction.PROFILE;
    }

    @Override
    public State create() {
      return new Wagers(1, grid.size());
    }

    @Override
    public State read(DataInput in) throws IOException {
      return Wagers.read(in, 1, grid.size());
    }

    @Override
    public void observe(State state, Observation event, Consumer<Finding> findings) {
      throw new IllegalStateException("out of order");
    }
  }
}
