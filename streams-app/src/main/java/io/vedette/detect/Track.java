package io.vedette.detect;

import io.vedette.baseline.CallerRates;
import io.vedette.core.Answer;
import io.vedette.core.Detector;
import io.vedette.core.Payload;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What is remembered of one caller on one model version. */
final class Track implements State {

  private static final int CELLS = 32;
  private static final int MOST_DAYS = 8; // after which nothing that is carried is left

  History history;
  final int[] cells = new int[CELLS]; // ring of the last coarse cells, hashed
  int cellHead;
  State[] states; // one per detector
  Anchors anchors = new Anchors();
  Search search = new Search();
  Cluster cluster = new Cluster();
  Mirror mirror = new Mirror();
  Reflection reflection = new Reflection();
  Incumbent incumbent = Incumbent.NONE;
  boolean foreign; // the present stay began off the clean traffic
  private int foreigners; // bit per row of the history, the newest lowest
  long day;
  long exchanges;
  long firstSeenMicros;
  int bisectionRun;
  int blind; // bit per detector that has thrown today
  long rows; // counted while learning, with the three below
  long bisection;
  long sweep;
  long antithetic;

  Track(int dimensions, List<? extends Detector<?, Observation>> detectors) {
    history = new History(dimensions);
    states = new State[detectors.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = detectors.get(i).create();
    }
  }

  private Track(History history) {
    this.history = history;
    this.states = new State[0];
  }

  /** Begins another day: what detectors carry on grows less with each day between. */
  void turn(long newDay, List<? extends Detector<?, Observation>> detectors) {
    for (int i = 0; i < states.length; i++) {
      Detector<?, Observation> detector = detectors.get(i);
      for (long d = Math.max(day, newDay - MOST_DAYS); d < newDay; d++) {
        states[i] = next(detector, states[i]);
      }
    }
    incumbent.turn();
    day = newDay;
    blind = 0;
  }

  @SuppressWarnings("unchecked") // a state is only handed to the detector that made it
  private static <S extends State> State next(Detector<S, Observation> detector, State state) {
    return detector.nextDay((S) state);
  }

  /**
   * True when the caller was not in this coarse cell the last 32 times it entered one; remembers
   * it.
   */
  boolean entersNewCell(long cell) {
    int hash = (int) (cell >>> 32) | 1;
    for (int known : cells) {
      if (known == hash) {
        return false;
      }
    }
    cells[cellHead] = hash;
    cellHead = (cellHead + 1) % CELLS;
    return true;
  }

  /** Remembers of the row that the history takes next whether it lies off the clean traffic. */
  void isForeign(boolean off) {
    foreigners = (foreigners << 1 | (off ? 1 : 0)) & (1 << History.ROWS) - 1;
  }

  /** What was remembered of a row of the history, which has not taken the present one. */
  boolean wasForeign(int back) {
    return back >= 0 && (foreigners >> back & 1) != 0;
  }

  /** Pictures are held against one another tile by tile, where the model says how sure it is. */
  void measurePicture(Lens lens, Payload.Features features, int row, Answer answer, int label) {
    boolean scored = label != 0 && answer.probabilities().length > 0;
    if (!scored || !lens.tiles.measure(features, row, lens.picture)) {
      incumbent.clear();
      return;
    }
    if (incumbent.isNobody()) {
      incumbent = new Incumbent();
    }
    incumbent.measure(lens.picture, label, Incumbent.margin(answer));
  }

  /** Whether all remembered rows before the last one lie off the clean traffic. */
  boolean wasAlwaysForeign() {
    int before = (1 << History.ROWS) - 2;
    return (foreigners & before) == before;
  }

  CallerRates rates() {
    return new CallerRates(rows, bisection, sweep, antithetic);
  }

  void count(Geometry geometry) {
    rows++;
    bisection += bisectionRun >= 2 ? 1 : 0;
    sweep += geometry.sweep() ? 1 : 0;
    antithetic += geometry.antithetic() ? 1 : 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    history.write(out);
    for (int cell : cells) {
      out.writeInt(cell);
    }
    out.writeByte(cellHead);
    anchors.write(out);
    search.write(out);
    cluster.write(out);
    mirror.write(out);
    reflection.write(out);
    incumbent.write(out);
    out.writeBoolean(foreign);
    out.writeByte(foreigners);
    out.writeLong(day);
    out.writeLong(exchanges);
    out.writeLong(firstSeenMicros);
    out.writeInt(bisectionRun);
    out.writeInt(blind);
    out.writeLong(rows);
    out.writeLong(bisection);
    out.writeLong(sweep);
    out.writeLong(antithetic);
    out.writeByte(states.length);
    for (State state : states) {
      state.write(out);
    }
  }

  static Track read(DataInput in, List<? extends Detector<?, Observation>> detectors)
      throws IOException {
    Track track = new Track(History.read(in));
    for (int i = 0; i < CELLS; i++) {
      track.cells[i] = in.readInt();
    }
    track.cellHead = in.readUnsignedByte() % CELLS;
    track.anchors = Anchors.read(in);
    track.search = Search.read(in);
    track.cluster = Cluster.read(in);
    track.mirror = Mirror.read(in);
    track.reflection = Reflection.read(in);
    track.incumbent = Incumbent.read(in);
    track.foreign = in.readBoolean();
    track.foreigners = in.readUnsignedByte();
    track.day = in.readLong();
    track.exchanges = in.readLong();
    track.firstSeenMicros = in.readLong();
    track.bisectionRun = in.readInt();
    track.blind = in.readInt();
    track.rows = in.readLong();
    track.bisection = in.readLong();
    track.sweep = in.readLong();
    track.antithetic = in.readLong();
    int states = in.readUnsignedByte();
    if (states != detectors.size()) {
      throw new IOException("track must have " + detectors.size() + " detectors, has " + states);
    }
    track.states = new State[states];
    for (int i = 0; i < states; i++) {
      track.states[i] = detectors.get(i).read(in);
    }
    return track;
  }

  @Override
  public int bytes() {
    int bytes =
        176
            + 4 * CELLS
            + history.bytes()
            + anchors.bytes()
            + search.bytes()
            + cluster.bytes()
            + mirror.bytes()
            + reflection.bytes()
            + incumbent.bytes();
    for (State state : states) {
      bytes += state.bytes();
    }
    return bytes;
  }
}
