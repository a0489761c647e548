package io.vedette.detect;

import io.vedette.baseline.CallerRates;
import io.vedette.baseline.CleanRow;
import io.vedette.core.Detector;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is remembered of one model version: the clean rows while learning, then the open window. */
public final class ModelState implements State {

  static final int MOST_BYTES = 600_000; // of all sampled rows, so that the state fits one record
  static final int MOST_CALLERS = 4096;

  private static final Comparator<CleanRow> ORDER =
      Comparator.comparingLong(CleanRow::order)
          .thenComparingLong(CleanRow::timeMicros)
          .thenComparingLong(CleanRow::caller);

  final TreeSet<CleanRow> sample = new TreeSet<>(ORDER);
  final Map<Long, CallerRates> rates = new HashMap<>();
  List<String> names = List.of();
  long learnt; // rows seen while learning
  long learntFromMicros;
  boolean provisional;
  boolean finished;
  @Nullable PaneDelta window;
  final State[] states;
  CrowdState newcomers;

  ModelState(List<? extends Detector<?, PaneWindow>> detectors, Crowd crowd) {
    states = new State[detectors.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = detectors.get(i).create();
    }
    newcomers = crowd.create();
  }

  /** Keeps the rows with the lowest ranks, whatever the order in which they come. */
  void learn(LearningRow update, int mostRows) {
    CleanRow row = update.row();
    if (sample.isEmpty()) {
      names = update.names();
    }
    if (!update.names().equals(names)
        || (!sample.isEmpty() && sample.first().values().length != row.values().length)) {
      return; // rows of another shape belong to another model
    }
    learntFromMicros =
        learnt == 0 ? row.timeMicros() : Math.min(learntFromMicros, row.timeMicros());
    learnt++;
    sample.add(row);
    int room = MOST_BYTES / (40 + 4 * row.values().length + 16 * names.size());
    if (sample.size() > Math.min(mostRows, Math.max(room, 64))) {
      sample.pollLast();
    }
    if (update.rates().rows() > 0
        && (rates.size() < MOST_CALLERS || rates.containsKey(row.caller()))) {
      rates.put(row.caller(), update.rates());
    }
  }

  void forgetSample() {
    sample.clear();
    rates.clear();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(learnt);
    out.writeLong(learntFromMicros);
    out.writeBoolean(provisional);
    out.writeBoolean(finished);
    SampledRows.writeNames(names, out);
    out.writeInt(sample.size());
    for (CleanRow row : sample) {
      SampledRows.write(row, out);
    }
    out.writeInt(rates.size());
    for (Map.Entry<Long, CallerRates> entry : new TreeMap<>(rates).entrySet()) {
      CallerRates r = entry.getValue();
      out.writeLong(entry.getKey());
      out.writeLong(r.rows());
      out.writeLong(r.bisection());
      out.writeLong(r.sweep());
      out.writeLong(r.antithetic());
    }
    out.writeBoolean(window != null);
    if (window != null) {
      window.write(out);
    }
    for (State state : states) {
      state.write(out);
    }
    newcomers.write(out);
  }

  static ModelState read(
      DataInput in, List<? extends Detector<?, PaneWindow>> detectors, Crowd crowd)
      throws IOException {
    ModelState state = new ModelState(detectors, crowd);
    state.learnt = in.readLong();
    state.learntFromMicros = in.readLong();
    state.provisional = in.readBoolean();
    state.finished = in.readBoolean();
    state.names = SampledRows.readNames(in);
    int rows = in.readInt();
    for (int i = 0; i < rows; i++) {
      state.sample.add(SampledRows.read(in, state.names.size()));
    }
    int callers = in.readInt();
    for (int i = 0; i < callers; i++) {
      state.rates.put(
          in.readLong(),
          new CallerRates(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    if (in.readBoolean() && ModelUpdates.read(in) instanceof PaneDelta window) {
      state.window = window;
    }
    for (int i = 0; i < detectors.size(); i++) {
      state.states[i] = detectors.get(i).read(in);
    }
    state.newcomers = crowd.read(in);
    return state;
  }

  @Override
  public int bytes() {
    int row = sample.isEmpty() ? 0 : 160 + 4 * sample.first().values().length + 48 * names.size();
    int bytes = 200 + row * sample.size() + 80 * rates.size();
    for (State state : states) {
      bytes += state.bytes();
    }
    bytes += newcomers.bytes();
    if (window != null) {
      for (int[] column : window.counts()) {
        bytes += 16 + 4 * column.length;
      }
    }
    return bytes;
  }
}
