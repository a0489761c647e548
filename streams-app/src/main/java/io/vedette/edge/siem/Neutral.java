package io.vedette.edge.siem;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Technique;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of incidents and findings in which every text is harmless and bounded. */
final class Neutral {

  private static final int NAME = 256; // characters of one name or id
  private static final int MEASURE = 96;
  private static final int UNIT = 32;
  private static final int LINE = 300;
  private static final int SENTENCE = 800;
  private static final int MOST_PRINCIPALS = 50;
  private static final int MOST_OTHERS = 16; // detectors, techniques, samples, measurements

  private Neutral() {}

  static Incident incident(Incident i) {
    return new Incident(
        name(i.incidentId()),
        i.activity(),
        i.sequence(),
        i.timeMicros(),
        i.openedAtMicros(),
        i.firstSeenMicros(),
        i.lastSeenMicros(),
        name(i.tenant()),
        names(i.principals(), MOST_PRINCIPALS),
        name(i.model()),
        names(i.detectors(), MOST_OTHERS),
        techniques(i.techniques()),
        i.severity(),
        i.confidence(),
        i.riskScore(),
        i.logEvidence(),
        i.exchanges(),
        SafeText.clean(i.title(), LINE),
        SafeText.clean(i.summary(), SENTENCE),
        evidence(i.evidence()),
        samples(i.samples()),
        i.closeReason() == null ? null : SafeText.clean(i.closeReason(), LINE),
        details(i.details()));
  }

  private static IncidentDetails details(IncidentDetails d) {
    return new IncidentDetails(
        d.findings(),
        d.suppressed(),
        d.members(),
        d.reopened(),
        d.stages(),
        nullable(d.campaign()),
        names(d.joined(), MOST_PRINCIPALS),
        d.verdict(),
        d.checked().stream().limit(MOST_OTHERS).map(t -> SafeText.clean(t, LINE)).toList(),
        d.nextSteps().stream().limit(MOST_OTHERS).map(t -> SafeText.clean(t, LINE)).toList(),
        SafeText.clean(d.runbook(), LINE));
  }

  static Finding finding(Finding f) {
    return new Finding(
        name(f.detector()),
        f.scope(),
        name(f.subject()),
        name(f.tenant()),
        nullable(f.principal()),
        names(f.principals(), MOST_PRINCIPALS),
        new ModelRef(
            name(f.model().name()), name(f.model().version()), nullable(f.model().digest())),
        f.timeMicros(),
        f.firstSeenMicros(),
        f.score(),
        f.logEvidence(),
        f.exchanges(),
        f.maturity(),
        f.severity(),
        techniques(f.techniques()),
        evidence(f.evidence()),
        samples(f.samples()),
        SafeText.clean(f.summary(), SENTENCE),
        Map.of()); // free facts stay on the findings topic
  }

  private static String name(String text) {
    return SafeText.clean(text, NAME);
  }

  private static @Nullable String nullable(@Nullable String text) {
    return text == null ? null : name(text);
  }

  private static List<String> names(List<String> texts, int most) {
    return texts.stream().limit(most).map(Neutral::name).toList();
  }

  private static List<Technique> techniques(List<Technique> techniques) {
    return techniques.stream()
        .limit(MOST_OTHERS)
        .map(t -> new Technique(name(t.id()), name(t.name())))
        .toList();
  }

  private static List<Measurement> evidence(List<Measurement> evidence) {
    return evidence.stream()
        .limit(MOST_OTHERS)
        .map(
            m ->
                new Measurement(
                    SafeText.clean(m.name(), MEASURE),
                    m.value(),
                    SafeText.clean(m.unit(), UNIT),
                    m.limit()))
        .toList();
  }

  private static List<Sample> samples(List<Sample> samples) {
    return samples.stream()
        .limit(MOST_OTHERS)
        .map(
            s ->
                new Sample(
                    name(s.requestId()),
                    new Origin(
                        name(s.origin().topic()), s.origin().partition(), s.origin().offset()),
                    s.trace()))
        .toList();
  }
}
