package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
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
    if (!finding.attributes().containsKey(Finding.SHADOW)) {
      real.observe(finding, cases, out);
      return;
    }
    String detector = finding.detector();
    String prefix = PREFIX + detector + '|';
    tally.finding(detector);
    shadow.observe(
        acting(finding),
        key -> cases.get(prefix + key),
        incident -> {
          if (incident.activity() == Incident.Activity.CREATE) {
            tally.incident(detector);
          }
        });
  }

  /**
   * The finding as one that opens incidents. Its model gets another name, because ids are made of
   * it: a verdict on a real incident must never meet one of these.
   */
  private static Finding acting(Finding f) {
    ModelRef model = f.model();
    return new Finding(
        f.detector(),
        f.scope(),
        f.subject(),
        f.tenant(),
        f.principal(),
        f.principals(),
        new ModelRef(PREFIX + f.detector() + '|' + model.name(), model.version(), model.digest()),
        f.timeMicros(),
        f.firstSeenMicros(),
        f.score(),
        f.logEvidence(),
        f.exchanges(),
        Maturity.STABLE,
        f.severity(),
        f.techniques(),
        f.evidence(),
        f.samples(),
        f.summary(),
        f.attributes());
  }

  @Override
  public String incident(Page state) {
    return real.incident(state);
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
