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
 * filter that lets a cell have a state only when it is seen again.
 *
 * @param <S> state of the detector
 */
public final class CellEngine<S extends State>
    implements Engine<CellEngine.Day<S>, CellSighting, Consumer<Finding>> {

  /*
   * Most cells are seen once, so the first sighting only sets bits. The filter is not kept over a
   * restart: a cell may then lose one member, its first.
   */

  private static final long DAY_MICROS = 86_400_000_000L;

  private final Detector<S, CellSighting> detector;
  private final SecondSight filter;

  /**
   * Creates the engine of one task.
   *
   * @param detector told of each sighting but a cell's first
   */
  public CellEngine(Detector<S, CellSighting> detector) {
    this.detector = detector;
    this.filter = new SecondSight(1 << 24);
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
    return filter.seen(event.cell() ^ Math.floorDiv(event.timeMicros(), DAY_MICROS));
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
    }
    detector.observe(state.state, event, out);
  }
}
