package io.vedette.stream;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.State;
import io.vedette.core.Verdict;
import io.vedette.correlate.Book;
import io.vedette.correlate.Cases;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CellSighting;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/** Engines that only count, and report every n-th event; requests named "bomb" make them throw. */
final class CountingEngines {

  static final long BEAT = 60 * Fixtures.SECOND;
  private static final Sample NO_SAMPLE = new Sample("", new Origin("", 0, 0));

  private CountingEngines() {}

  static EngineFactory every(int n) {
    return baselines ->
        new Engines(
            new Caller(n), new Cell(n), new Model(n), new CountBook(), CountingEngines::read);
  }

  static ModelUpdate read(DataInput in) throws IOException {
    return new Update(in.readUTF(), in.readLong());
  }

  /** A count. */
  static class Count implements State {
    long count;
    long dueMicros = Long.MAX_VALUE;

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(count);
      out.writeLong(dueMicros);
    }

    static Count read(DataInput in) throws IOException {
      var state = new Count();
      state.count = in.readLong();
      state.dueMicros = in.readLong();
      return state;
    }

    @Override
    public int bytes() {
      return 32;
    }
  }

  /** An update of a model. */
  record Update(String modelKey, long timeMicros) implements ModelUpdate {
    @Override
    public int bytes() {
      return 2 + modelKey.length() + 8;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeUTF(modelKey);
      out.writeLong(timeMicros);
    }
  }

  /** Counts exchanges; sends each as a sighting and an update. */
  record Caller(int n) implements Engine<Count, Exchange, CallerOutput> {
    @Override
    public Count create() {
      return new Count();
    }

    @Override
    public Count read(DataInput in) throws IOException {
      return Count.read(in);
    }

    @Override
    public void observe(Count state, Exchange e, CallerOutput out) {
      state.count++;
      if (e.requestId().startsWith("bomb")) {
        throw new IllegalStateException("secret " + e.requestId());
      }
      var sample = new Sample(e.requestId(), e.origin());
      if (state.count % n == 0) {
        String summary = e.pairing() + " " + e.requestId() + " #" + state.count;
        out.finding(Fixtures.finding(e.caller().key(), e.timeMicros(), summary, sample));
      }
      long cell = e.caller().principal().hashCode() % 3;
      out.cell(
          new CellSighting(
              cell, e.caller(), e.model(), e.timeMicros(), 1, 0, 1f, new short[12], sample));
      out.update(new Update(e.model().versionKey(), e.timeMicros()));
    }
  }

  /** Counts sightings per cell. */
  record Cell(int n) implements Engine<Count, CellSighting, Consumer<Finding>> {
    @Override
    public Count create() {
      return new Count();
    }

    @Override
    public Count read(DataInput in) throws IOException {
      return Count.read(in);
    }

    @Override
    public void observe(Count state, CellSighting s, Consumer<Finding> out) {
      if (++state.count % n == 0) {
        String subject = "cell:" + Long.toHexString(s.cell());
        out.accept(Fixtures.finding(subject, s.timeMicros(), "#" + state.count, s.sample()));
      }
    }
  }

  /** Counts updates per model. */
  record Model(int n) implements Engine<Count, ModelUpdate, ModelOutput> {
    @Override
    public Count create() {
      return new Count();
    }

    @Override
    public Count read(DataInput in) throws IOException {
      return Count.read(in);
    }

    @Override
    public void observe(Count state, ModelUpdate u, ModelOutput out) {
      if (++state.count % n == 0) {
        String subject = "model:" + u.modelKey();
        out.finding(Fixtures.finding(subject, u.timeMicros(), "#" + state.count, NO_SAMPLE));
      }
    }
  }

  /** One incident per subject; an update per finding, and one heartbeat-close after a minute. */
  static final class CountBook implements Book<Count> {
    @Override
    public Count create() {
      return new Count();
    }

    @Override
    public Count read(DataInput in) throws IOException {
      return Count.read(in);
    }

    @Override
    public String meeting(Finding finding) {
      return finding.subject();
    }

    @Override
    public String incident(String key, Count state) {
      return "";
    }

    @Override
    public boolean judge(String key, Verdict verdict, Cases<Count> cases, Consumer<Incident> out) {
      return false;
    }

    @Override
    public void observe(Finding f, Cases<Count> cases, Consumer<Incident> out) {
      Count state = cases.get(f.subject());
      var activity = state.count == 0 ? Incident.Activity.CREATE : Incident.Activity.UPDATE;
      state.dueMicros = f.timeMicros() + BEAT;
      out.accept(
          Fixtures.incident(
              f.subject(), activity, (int) state.count++, f.timeMicros(), f.summary()));
    }

    @Override
    public long nextDueMicros(Count state) {
      return state.dueMicros;
    }

    @Override
    public void tick(String key, Cases<Count> cases, long nowMicros, Consumer<Incident> out) {
      Count state = cases.get(key);
      state.dueMicros = Long.MAX_VALUE;
      out.accept(
          Fixtures.incident(
              "ticked", Incident.Activity.CLOSE, (int) state.count, nowMicros, "quiet"));
    }
  }
}
