package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.CallerRates;
import io.vedette.baseline.CleanRow;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.ModelRef;
import io.vedette.core.Profile;
import io.vedette.core.State;
import io.vedette.detect.drift.Drift;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelEngineTest implements ModelOutput {

  private static final long SECOND = 1_000_000;

  private final List<Baseline> baselines = new ArrayList<>();
  private final List<PaneWindow> windows = new ArrayList<>();
  private final Baseline inForce = CleanModel.baseline(4, 10);

  @Test
  void shouldGiveScalesFirstAndTheBaselineWhenRowsAreEnough() {
    // Given
    ModelEngine engine = engine(new Learning(2_000, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (LearningRow row : rows(2_500)) {
      engine.observe(state, row, this);
    }

    // Then
    assertThat(baselines).extracting(Baseline::finished).containsExactly(false, true);
    assertThat(baselines.get(0).rows()).isEqualTo(512);
    assertThat(baselines.get(1).rows()).isEqualTo(2_000);
    assertThat(state.sample).isEmpty();
  }

  @Test
  void shouldWaitForTheSpanWhenRowsComeFast() {
    // Given rows one a second
    ModelEngine engine = engine(new Learning(100, 600 * SECOND, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (LearningRow row : rows(610)) {
      engine.observe(state, row, this);
    }

    // Then
    assertThat(baselines).last().returns(601, Baseline::rows);
  }

  @Test
  void shouldLearnNothingWhenRowsAreTooFew() {
    // Given
    ModelEngine engine = engine(new Learning(1, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (LearningRow row : rows(63)) {
      engine.observe(state, row, this);
    }

    // Then
    assertThat(baselines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldLearnTheSameWhenRowsComeInAnotherOrder(long seed) {
    // Given more rows than are kept, and the end of learning in event time
    List<LearningRow> rows = rows(10_000);
    List<LearningRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));

    // When
    Baseline first = learn(rows);
    Baseline second = learn(shuffled);

    // Then
    assertThat(first.rows()).isEqualTo(Learning.MOST_ROWS);
    assertThat(second.calibrationId()).isEqualTo(first.calibrationId());
  }

  @Test
  void shouldIgnoreRowsOfAnotherShapeWhenTheyCallTheSameModel() {
    // Given
    ModelEngine engine = engine(new Learning(5_000, 0, Long.MIN_VALUE));
    ModelState state = engine.create();
    rows(100).forEach(row -> engine.observe(state, row, this));

    // When
    engine.observe(state, row(101, new float[] {1, 2, 3, 4, 5}), this);

    // Then
    assertThat(state.sample).hasSize(100);
  }

  @Test
  void shouldCloseAWindowWhenItHasRowsAndTime() {
    // Given panes of 100 rows, one each five seconds
    ModelEngine engine = engine(new Learning(1, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (int i = 0; i < 12; i++) {
      engine.observe(state, pane(inForce.calibrationId(), i * 5 * SECOND, 100), this);
    }

    // Then
    assertThat(windows).hasSize(2);
    assertThat(windows).allMatch(w -> w.rows() == 500 && w.counts()[0][0] == 500);
    assertThat(windows.get(1).firstMicros()).isEqualTo(25 * SECOND);
  }

  @Test
  void shouldWaitWhenRowsRushInWithinSeconds() {
    // Given
    ModelEngine engine = engine(new Learning(1, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (int i = 0; i < 20; i++) {
      engine.observe(state, pane(inForce.calibrationId(), i * SECOND / 4, 500), this);
    }

    // Then
    assertThat(windows).isEmpty();
  }

  @Test
  void shouldDropPanesWhenTheirBaselineIsNoLongerInForce() {
    // Given
    ModelEngine engine = engine(new Learning(1, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (int i = 0; i < 30; i++) {
      engine.observe(state, pane("bl-old", i * 5 * SECOND, 100), this);
    }

    // Then
    assertThat(windows).isEmpty();
    assertThat(state.window).isNull();
  }

  @Test
  void shouldGoOnAlikeWhenReadAtEveryPhase() {
    // Given learning, panes and a detector with a memory
    List<ModelUpdate> updates = new ArrayList<>(rows(700));
    for (int i = 0; i < 40; i++) {
      updates.add(pane(inForce.calibrationId(), (1_000 + i * 5L) * SECOND, 100));
    }
    List<Object> expected = play(updates, List.of());

    // When
    for (int split = 0; split < updates.size(); split += 23) {
      List<Object> told = play(updates, List.of(split));

      // Then
      assertThat(told).as("read before %d", split).isEqualTo(expected);
    }
    assertThat(expected).hasSizeGreaterThan(2);
  }

  @Test
  void shouldStayWithinItsBytesWhenRowsAreWide() {
    // Given
    ModelEngine engine = engine(new Learning(1_000_000, 0, Long.MIN_VALUE));
    ModelState state = engine.create();

    // When
    for (int r = 0; r < 2_000; r++) {
      engine.observe(state, row(r, new float[1_000]), this);
    }

    // Then it fits one record
    assertThat(CleanModel.bytes(state).length).isLessThan(1_000_000);
  }

  private List<Object> play(List<ModelUpdate> updates, List<Integer> splits) {
    List<Object> told = new ArrayList<>();
    ModelEngine engine =
        new ModelEngine(
            List.of(Drift.detector()),
            nobody(),
            model -> inForce,
            new Learning(650, 0, Long.MIN_VALUE));
    ModelOutput out =
        new ModelOutput() {
          @Override
          public void finding(Finding finding) {
            told.add(finding);
          }

          @Override
          public void baseline(Baseline baseline) {
            told.add(baseline.calibrationId());
          }
        };
    ModelState state = engine.create();
    for (int i = 0; i < updates.size(); i++) {
      state = splits.contains(i) ? CleanModel.reread(state, engine::read) : state;
      engine.observe(state, updates.get(i), out);
    }
    return told;
  }

  private Baseline learn(List<LearningRow> rows) {
    baselines.clear();
    long end = 1_000_000 * SECOND;
    ModelEngine engine = engine(new Learning(1, 0, end));
    ModelState state = engine.create();
    rows.forEach(row -> engine.observe(state, row, this));
    LearningRow row = rows.get(0);
    engine.observe(
        state,
        new LearningRow(row.model(), row.version(), true, row.names(), row.row(), row.rates()),
        this);
    return baselines.get(baselines.size() - 1);
  }

  private ModelEngine engine(Learning learning) {
    return new ModelEngine(List.of(new Windows(windows)), nobody(), this::find, learning);
  }

  /** Newcomers at whom no detector looks. */
  private Crowd nobody() {
    return new Crowd(List.of(), this::find, 42);
  }

  private Baseline find(ModelRef model) {
    return inForce;
  }

  private static List<LearningRow> rows(int n) {
    SplittableRandom random = new SplittableRandom(5);
    List<LearningRow> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      rows.add(row(r, CleanModel.row(4, random)));
    }
    return rows;
  }

  private static LearningRow row(int r, float[] x) {
    long order = new SplittableRandom(r).nextLong();
    CleanRow row = new CleanRow(order, r * SECOND, r % 10, x, List.of(), 1 + r % 2, 0.8f);
    return new LearningRow("loan", "1", false, List.of(), row, new CallerRates(9, 1, 0, 0));
  }

  private PaneDelta pane(String calibration, long time, int rows) {
    int[][] counts = new int[6][];
    for (int c = 0; c < 4; c++) {
      counts[c] = new int[inForce.columns().get(c).bins()];
    }
    counts[4] = new int[inForce.labels().bins()];
    counts[5] = new int[inForce.confidences().bins()];
    Arrays.stream(counts).forEach(column -> column[0] = rows);
    return new PaneDelta("loan", "1", calibration, time, time, rows, 0, counts);
  }

  @Override
  public void finding(Finding finding) {
    throw new AssertionError("nobody finds anything here");
  }

  @Override
  public void baseline(Baseline baseline) {
    baselines.add(baseline);
  }

  /** Keeps the windows that it is told of. */
  private record Windows(List<PaneWindow> seen) implements Detector<State, PaneWindow> {

    @Override
    public Profile profile() {
      return Drift.PROFILE;
    }

    @Override
    public State create() {
      return new State() {
        @Override
        public void write(DataOutput out) {}

        @Override
        public int bytes() {
          return 0;
        }
      };
    }

    @Override
    public State read(DataInput in) {
      return create();
    }

    @Override
    public void observe(State state, PaneWindow event, Consumer<Finding> findings) {
      seen.add(event);
    }
  }
}
