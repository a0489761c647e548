package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Profile;
import io.vedette.core.Sample;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CellEngineTest {

  private static final long HOUR = 3_600_000_000L;

  private final Contents contents = new Contents();
  private final CellEngine<Contents.Kept> engine = new CellEngine<>(contents);

  @Test
  void shouldTellOfTheFirstTwoWhenACellIsSeenAThirdTime() {
    // Given
    CellEngine.Day<Contents.Kept> state = engine.create();

    // When
    boolean first = offer(state, 7, 1, HOUR);
    boolean second = offer(state, 7, 2, 2 * HOUR);
    boolean third = offer(state, 7, 3, 3 * HOUR);
    boolean fourth = offer(state, 7, 4, 4 * HOUR);

    // Then
    assertThat(List.of(first, second, third, fourth)).containsExactly(false, false, true, true);
    assertThat(contents.seen).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void shouldNotRecallYesterdayWhenADayBegins() {
    // Given
    CellEngine.Day<Contents.Kept> state = engine.create();
    for (int i = 1; i <= 3; i++) {
      offer(state, 7, i, i * HOUR);
    }
    contents.seen.clear();

    // When
    for (int i = 11; i <= 14; i++) {
      offer(state, 7, i, (24 + i) * HOUR);
    }

    // Then
    assertThat(contents.seen).containsExactly(11L, 12L, 13L, 14L);
  }

  @Test
  void shouldTellOfNothingWhenCellsAreSeenTwice() {
    // Given
    CellEngine.Day<Contents.Kept> state = engine.create();

    // When
    int admitted = 0;
    for (int cell = 0; cell < 10_000; cell++) {
      admitted += offer(state, cell, 1, HOUR) || offer(state, cell, 2, HOUR) ? 1 : 0;
    }

    // Then only the filters' false positives get a state
    assertThat(admitted).isLessThan(10);
  }

  private boolean offer(CellEngine.Day<Contents.Kept> state, long cell, long content, long time) {
    var sighting =
        new CellSighting(
            cell,
            new CallerId("acme", "a"),
            new ModelRef("fraud", "1", null),
            time,
            content,
            1,
            0.5f,
            new short[CellEpoch.SKETCH],
            new Sample("r", new Origin("t", 0, content)));
    boolean admitted = engine.admits(sighting);
    if (admitted) {
      engine.observe(state, sighting, finding -> {});
    }
    return admitted;
  }

  /** Writes down what it is told. */
  private static final class Contents implements Detector<Contents.Kept, CellSighting> {

    final List<Long> seen = new ArrayList<>();

    record Kept() implements State {
      @Override
      public void write(DataOutput out) {}

      @Override
      public int bytes() {
        return 16;
      }
    }

    @Override
    public Profile profile() {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public Kept create() {
      return new Kept();
    }

    @Override
    public Kept read(DataInput in) throws IOException {
      return new Kept();
    }

    @Override
    public void observe(Kept state, CellSighting event, Consumer<Finding> findings) {
      seen.add(event.content());
    }
  }
}
