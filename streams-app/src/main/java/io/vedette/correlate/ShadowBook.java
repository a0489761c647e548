package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.Origin;
import io.vedette.core.Verdict;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A book beside the book: what detectors in shadow would have opened, each as if it were let act
 * and the others said nothing. It is counted; nothing of it is published.
 */
public final class ShadowBook implements Book<Page> {

  private static final String PREFIX = "shadow|"; // no key of the book begins so

  private final Book<Page> real;
  private final Book<Page> shadow;
  private final Tally tally;

  /**
   * A book with a shadow.
   *
   * @param real takes all findings that are not in shadow
   * @param shadow takes those in shadow, on pages of their own
   * @param tally counts
   */
  public ShadowBook(Book<Page> real, Book<Page> shadow, Tally tally) {
    this.real = real;
    this.shadow = shadow;
    this.tally = tally;
  }

  /** What is counted of detectors in shadow. */
  public interface Tally {
    /** A finding of the detector. */
    void finding(String detector);

    /** An incident that the detector would have opened. */
    void incident(String detector);
  }

  @Override
  public Page create() {
    return real.create();
  }

  @Override
  public Page read(DataInput in) throws IOException {
    return real.read(in);
  }

  @Override
  public String meeting(Finding finding) {
    return real.meeting(finding);
  }

  @Override
  public void observe(Finding finding, Cases<Page> cases, Consumer<Incident> out) {
    if (finding.attributes().containsKey(Finding.SHADOW)) {
      shadow(finding, cases);
    } else {
      real.observe(finding, cases, out);
    }
  }

  @Override
  public void observe(Finding finding, Origin at, Cases<Page> cases, Consumer<Incident> out) {
    if (finding.attributes().containsKey(Finding.SHADOW)) {
      shadow(finding, cases);
    } else {
      real.observe(finding, at, cases, out);
    }
  }

  private void shadow(Finding finding, Cases<Page> cases) {
    String detector = finding.detector();
    String prefix = PREFIX + detector + '|';
    tally.finding(detector);
    shadow.observe(
        finding.with(Maturity.STABLE),
        key -> cases.get(prefix + key),
        incident -> {
          if (incident.activity() == Incident.Activity.CREATE) {
            tally.incident(detector);
          }
        });
  }

  @Override
  public String incident(String key, Page state) {
    return key.startsWith(PREFIX) ? "" : real.incident(key, state); // no verdict is on a shadow
  }

  @Override
  public boolean judge(String key, Verdict verdict, Cases<Page> cases, Consumer<Incident> out) {
    return !key.startsWith(PREFIX) && real.judge(key, verdict, cases, out);
  }

  @Override
  public long nextDueMicros(Page state) {
    return real.nextDueMicros(state);
  }

  @Override
  public long lastMicros(Page state) {
    return real.lastMicros(state);
  }

  @Override
  public void tick(String key, Cases<Page> cases, long nowMicros, Consumer<Incident> out) {
    if (!key.startsWith(PREFIX)) {
      real.tick(key, cases, nowMicros, out);
      return;
    }
    int own = key.indexOf('|', PREFIX.length()) + 1; // ids of detectors have no bar
    String prefix = key.substring(0, own);
    shadow.tick(key.substring(own), k -> cases.get(prefix + k), nowMicros, incident -> {});
  }
}
