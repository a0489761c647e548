package io.vedette.detect;

import io.vedette.core.Detector;
import io.vedette.core.Engine;
import io.vedette.core.Finding;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The cell stage's engine: one detector, its ledger renewed at midnight in event time, behind a
 * filter that lets a cell have a state only when it is seen a third time.
 *
 * @param <S> state of the detector
 */
public final class CellEngine<S extends State>
    implements Engine<CellEngine.Day<S>, CellSighting, Consumer<Finding>> {

  /*
   * Most cells are seen once or twice a day; a cell of a search has many. So two sightings only set
   * bits, and wait in flat arrays for a third, of which the latest 65,536 and 32,768 are kept. None
   * of this outlives a restart: a cell may then lose two members, its first.
   */

  private static final long DAY_MICROS = 86_400_000_000L;

  private final Detector<S, CellSighting> detector;
  private final SecondSight once = new SecondSight(1 << 24);
  private final SecondSight twice = new SecondSight(1 << 22);
  private final Sightings first = new Sightings(1 << 16);
  private final Sightings second = new Sightings(1 << 15);

  /**
   * Creates the engine of one task.
   *
   * @param detector told of the sightings of cells that are seen three times
   */
  public CellEngine(Detector<S, CellSighting> detector) {
    this.detector = detector;
  }

  /** A detector's state on one day. */
  public static final class Day<S extends State> implements State {
    private long day;
    private S state;

    Day(long day, S state) {
      this.day = day;
      this.state = state;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(day);
      state.write(out);
    }

    @Override
    public int bytes() {
      return 32 + state.bytes();
    }
  }

  @Override
  public boolean admits(CellSighting event) {
    long key = event.cell() ^ Math.floorDiv(event.timeMicros(), DAY_MICROS);
    if (!once.seen(key)) {
      first.put(event);
      return false;
    }
    if (!twice.seen(key)) {
      second.put(event);
      return false;
    }
    return true;
  }

  @Override
  public Day<S> create() {
    return new Day<>(Long.MIN_VALUE, detector.create());
  }

  @Override
  public Day<S> read(DataInput in) throws IOException {
    return new Day<>(in.readLong(), detector.read(in));
  }

  @Override
  public void observe(Day<S> state, CellSighting event, Consumer<Finding> out) {
    long day = Math.floorDiv(event.timeMicros(), DAY_MICROS);
    if (day > state.day) {
      if (state.day != Long.MIN_VALUE) {
        state.state = detector.create();
      }
      state.day = day;
      recall(first, state.state, event, out);
      recall(second, state.state, event, out);
    }
    detector.observe(state.state, event, out);
  }

  private void recall(Sightings earlier, S state, CellSighting event, Consumer<Finding> out) {
    long midnight = event.timeMicros() - Math.floorMod(event.timeMicros(), DAY_MICROS);
    CellSighting found = earlier.find(event.cell(), event.model(), midnight);
    if (found != null) {
      detector.observe(state, found, out);
    }
  }
}
