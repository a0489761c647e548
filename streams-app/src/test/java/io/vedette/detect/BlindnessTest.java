package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.Origin;
import io.vedette.core.Profile;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.State;
import io.vedette.detect.drift.Drift;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Detectors of cells, models and new accounts that throw. */
class BlindnessTest {

  private static final long HOUR = 3_600_000_000L;
  private static final Baseline BASELINE = CleanModel.baseline(4, 10);

  private final List<Finding> findings = new ArrayList<>();
  private final ModelOutput output =
      new ModelOutput() {
        @Override
        public void finding(Finding finding) {
          findings.add(finding);
        }

        @Override
        public void baseline(Baseline baseline) {}
      };

  @Test
  void shouldTellOnceADayWhenTheCellDetectorFails() {
    // Given
    CellEngine<State> engine = new CellEngine<>(new Failing<>());
    CellEngine.Day<State> one = engine.create();
    CellEngine.Day<State> other = engine.create();

    // When
    for (CellEngine.Day<State> cell : List.of(one, one, other)) {
      assertThatThrownBy(() -> engine.observe(cell, sighting(HOUR), findings::add))
          .as("the stage counts it")
          .isInstanceOf(IllegalStateException.class);
    }
    int sameDay = findings.size();
    assertThatThrownBy(() -> engine.observe(one, sighting(25 * HOUR), findings::add))
        .isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(sameDay).isEqualTo(1);
    assertThat(findings).hasSize(2);
    assertBlind(findings.get(0), "drift");
    assertThat(findings.get(0).samples()).extracting(Sample::requestId).containsExactly("r");
  }

  @Test
  void shouldTellAndAskTheOthersWhenAModelDetectorFails() {
    // Given
    List<Long> windows = new ArrayList<>();
    ModelEngine engine =
        engine(List.of(new Failing<>(), new Noting(windows)), new Crowd(List.of(), m -> null, 42));
    ModelState state = engine.create();

    // When
    assertThatThrownBy(() -> engine.observe(state, pane(), output))
        .as("the stage counts it")
        .isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(windows).hasSize(1);
    assertThat(findings).hasSize(1);
    assertBlind(findings.get(0), "drift");
  }

  @Test
  void shouldTellWhenADetectorFailsOnNewAccounts() {
    // Given
    Crowd crowd = new Crowd(List.of(new Failing<>()), m -> BASELINE, 42);
    ModelEngine engine = engine(List.of(), crowd);
    ModelState state = engine.create();

    // When
    assertThatThrownBy(() -> engine.observe(state, newcomer(), output))
        .as("the stage counts it")
        .isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(findings).hasSize(1);
    assertBlind(findings.get(0), "new-accounts");
  }

  private static void assertBlind(Finding finding, String failed) {
    assertThat(finding.detector()).isEqualTo("coverage");
    assertThat(finding.scope()).isEqualTo(Scope.MODEL);
    assertThat(finding.subject()).isEqualTo("model:loan");
    assertThat(finding.maturity()).as("opens no incident").isEqualTo(Maturity.INCUBATING);
    assertThat(finding.attributes()).containsEntry("failed", failed);
    assertThat(finding.summary()).contains(failed);
  }

  private static ModelEngine engine(
      List<Detector<? extends State, PaneWindow>> detectors, Crowd crowd) {
    return new ModelEngine(
        detectors, crowd, model -> BASELINE, new Learning(650, 0, Long.MIN_VALUE));
  }

  private static CellSighting sighting(long time) {
    return new CellSighting(
        7,
        new CallerId("acme", "a"),
        CleanModel.MODEL,
        time,
        1,
        1,
        0.5f,
        new short[CellEpoch.SKETCH],
        new Sample("r", new Origin("t", 0, 1)));
  }

  private static PaneDelta pane() {
    int[][] counts = new int[6][];
    for (int c = 0; c < 4; c++) {
      counts[c] = new int[BASELINE.columns().get(c).bins()];
    }
    counts[4] = new int[BASELINE.labels().bins()];
    counts[5] = new int[BASELINE.confidences().bins()];
    Arrays.stream(counts).forEach(column -> column[0] = 600);
    return new PaneDelta("loan", "1", BASELINE.calibrationId(), 0, HOUR, 600, 0, counts);
  }

  private static NewcomerRow newcomer() {
    float[] row = CleanModel.row(4, new SplittableRandom(3));
    Exchange exchange = CleanModel.exchange("ann", HOUR, row);
    return new NewcomerRow(
        "loan", "1", BASELINE.calibrationId(), new OwnStep(false, true, true, false), exchange);
  }

  /** Remembers nothing. */
  private record Nothing() implements State {
    @Override
    public void write(DataOutput out) {}

    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Throws at every event. */
  private static final class Failing<E> implements Detector<State, E> {
    @Override
    public Profile profile() {
      return Drift.PROFILE;
    }

    @Override
    public State create() {
      return new Nothing();
    }

    @Override
    public State read(DataInput in) {
      return new Nothing();
    }

    @Override
    public void observe(State state, E event, Consumer<Finding> out) {
      throw new IllegalStateException("broken");
    }
  }

  /** Notes the times of windows. */
  private record Noting(List<Long> times) implements Detector<State, PaneWindow> {
    @Override
    public Profile profile() {
      return Drift.PROFILE;
    }

    @Override
    public State create() {
      return new Nothing();
    }

    @Override
    public State read(DataInput in) {
      return new Nothing();
    }

    @Override
    public void observe(State state, PaneWindow event, Consumer<Finding> out) {
      times.add(event.timeMicros());
    }
  }
}
