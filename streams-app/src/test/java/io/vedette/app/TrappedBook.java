package io.vedette.app;

import io.vedette.app.KillServiceChild.Trap;
import io.vedette.app.KillServiceChild.TrappedState;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.State;
import io.vedette.core.Verdict;
import io.vedette.correlate.Book;
import io.vedette.correlate.Cases;
import io.vedette.stream.EngineFactory;
import io.vedette.stream.Engines;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;

/** The incident book, watched by a trap. */
record TrappedBook<S extends State>(Book<S> book, Trap trap) implements Book<TrappedState<S>> {

  static EngineFactory in(EngineFactory engines, Trap trap) {
    return baselines -> {
      Engines plain = engines.create(baselines);
      return new Engines(
          plain.caller(), plain.cell(), plain.model(), of(plain.book(), trap), plain.updates());
    };
  }

  private static <S extends State> Book<?> of(Book<S> book, Trap trap) {
    return new TrappedBook<>(book, trap);
  }

  private static <S extends State> Cases<S> plain(Cases<TrappedState<S>> cases) {
    return key -> cases.get(key).state();
  }

  @Override
  public TrappedState<S> create() {
    return new TrappedState<>(book.create(), trap);
  }

  @Override
  public TrappedState<S> read(DataInput in) throws IOException {
    return new TrappedState<>(book.read(in), trap);
  }

  @Override
  public String meeting(Finding finding) {
    return book.meeting(finding);
  }

  @Override
  public void observe(Finding finding, Cases<TrappedState<S>> cases, Consumer<Incident> out) {
    throw new IllegalStateException("the stage knows where a finding was read");
  }

  @Override
  public void observe(
      Finding finding, Origin at, Cases<TrappedState<S>> cases, Consumer<Incident> out) {
    book.observe(finding, at, plain(cases), out);
    trap.observed();
  }

  @Override
  public String incident(String key, TrappedState<S> state) {
    return book.incident(key, state.state());
  }

  @Override
  public boolean judge(
      String key, Verdict verdict, Cases<TrappedState<S>> cases, Consumer<Incident> out) {
    return book.judge(key, verdict, plain(cases), out);
  }

  @Override
  public long nextDueMicros(TrappedState<S> state) {
    return book.nextDueMicros(state.state());
  }

  @Override
  public long lastMicros(TrappedState<S> state) {
    return book.lastMicros(state.state());
  }

  @Override
  public void tick(
      String key, Cases<TrappedState<S>> cases, long nowMicros, Consumer<Incident> out) {
    book.tick(key, plain(cases), nowMicros, out);
  }
}
