package io.vedette.detect;

import io.vedette.core.Detector;
import io.vedette.core.Engine;
import io.vedette.core.Finding;
import io.vedette.core.State;
import io.vedette.stats.DayReset;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
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

  private final Detector<S, CellSighting> detector;
  private final SecondSight once = new SecondSight(1 << 24);
  private final SecondSight twice = new SecondSight(1 << 22);
  private final Sightings first = new Sightings(1 << 16);
  private final Sightings second = new Sightings(1 << 15);
  private final Blindness blindness = new Blindness();

  @SuppressWarnings({"unused", "UnusedVariable"}) // keeps the reads of expect()
  private long touched;

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
  public void expect(List<CellSighting> events) {
    // One look after the other waits for memory each time: it was half of this stage's time.
    long touches = 0;
    for (CellSighting event : events) {
      touches += once.touch(key(event));
    }
    touched = touches;
  }

  private static long key(CellSighting event) {
    return event.cell() ^ DayReset.day(event.timeMicros());
  }

  @Override
  public boolean admits(CellSighting event) {
    long key = key(event);
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
    return new Day<>(DayReset.NO_DAY, detector.create());
  }

  @Override
  public Day<S> read(DataInput in) throws IOException {
    return new Day<>(in.readLong(), detector.read(in));
  }

  @Override
  public void observe(Day<S> state, CellSighting event, Consumer<Finding> out) {
    try {
      // A late one counts for the day at hand: else a clock that is ahead would blind the cell.
      if (DayReset.of(state.day, event.timeMicros()) == DayReset.NEW_DAY) {
        if (state.day != DayReset.NO_DAY) {
          state.state = detector.create();
        }
        state.day = DayReset.day(event.timeMicros());
        recall(first, state.state, event, out);
        recall(second, state.state, event, out);
      }
      detector.observe(state.state, event, out);
    } catch (RuntimeException | StackOverflowError e) {
      Finding blind =
          blindness.ofModel(
              detector.profile().id(), "a cell", event.model(), event.timeMicros(), event.sample());
      if (blind != null) {
        out.accept(blind);
      }
      throw e; // the stage fences it
    }
  }

  private void recall(Sightings earlier, S state, CellSighting event, Consumer<Finding> out) {
    long midnight = DayReset.midnight(event.timeMicros());
    CellSighting found = earlier.find(event.cell(), event.model(), midnight);
    if (found != null) {
      detector.observe(state, found, out);
    }
  }
}
