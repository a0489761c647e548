package io.vedette.app;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.Verdict;
import io.vedette.correlate.Book;
import io.vedette.correlate.Cases;
import io.vedette.correlate.Page;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An incident book whose thresholds may change between two calls, never within one. A book keeps
 * nothing but its settings, and the states that it is handed are the same under all of them, so it
 * is made anew when they have changed. For one thread.
 */
final class ReloadingBook implements Book<Page> {

  private final Supplier<Settings.Alerting> alerting;
  private final Function<Settings.Alerting, Book<Page>> maker;
  private Settings.Alerting made;
  private Book<Page> book;

  ReloadingBook(
      Supplier<Settings.Alerting> alerting, Function<Settings.Alerting, Book<Page>> maker) {
    this.alerting = alerting;
    this.maker = maker;
    this.made = alerting.get();
    this.book = maker.apply(made);
  }

  private Book<Page> now() {
    Settings.Alerting current = alerting.get();
    if (!current.equals(made)) {
      book = maker.apply(current);
      made = current;
    }
    return book;
  }

  @Override
  public Page create() {
    return now().create();
  }

  @Override
  public Page read(DataInput in) throws IOException {
    return now().read(in);
  }

  @Override
  public String meeting(Finding finding) {
    return now().meeting(finding);
  }

  @Override
  public void observe(Finding finding, Cases<Page> cases, Consumer<Incident> out) {
    now().observe(finding, cases, out);
  }

  @Override
  public void observe(Finding finding, Origin at, Cases<Page> cases, Consumer<Incident> out) {
    now().observe(finding, at, cases, out);
  }

  @Override
  public String incident(String key, Page state) {
    return now().incident(key, state);
  }

  @Override
  public boolean judge(String key, Verdict verdict, Cases<Page> cases, Consumer<Incident> out) {
    return now().judge(key, verdict, cases, out);
  }

  @Override
  public long nextDueMicros(Page state) {
    return now().nextDueMicros(state);
  }

  @Override
  public long lastMicros(Page state) {
    return now().lastMicros(state);
  }

  @Override
  public void tick(String key, Cases<Page> cases, long nowMicros, Consumer<Incident> out) {
    now().tick(key, cases, nowMicros, out);
  }
}
