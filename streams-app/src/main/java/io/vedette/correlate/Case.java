package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.IncidentStage;
import io.vedette.core.Measurement;
import io.vedette.core.Sample;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one subject: its ledger and its incident, also for a while after it closed.
 */
final class Case {

  static final int MOST_PRINCIPALS = 50;
  static final int MOST_SAMPLES = 5;
  static final int MOST_EVIDENCE = 3;
  static final int MOST_JOINED = 50;
  static final int MOST_WORDS = 64; // detectors and techniques; there are fewer
  private static final double AS_STRONG = 0.5; // decades by which a later sentence may be weaker

  Ledger ledger = new Ledger();
  String incidentId = ""; // empty while there was none
  boolean open;
  boolean slow; // a model's windows are hours apart when it has little traffic
  int campaign = -1; // its number among those of tenant and model
  int sequence;
  int updates;
  int beats;
  int reopened;
  long openedAtMicros;
  long firstSeenMicros;
  long lastSeenMicros;
  long lastActivityMicros;
  long closedAtMicros;
  double peak; // highest log10 evidence so far
  double excess; // highest log10 above a threshold so far
  double told; // peak at the last activity
  double loudest = Double.NEGATIVE_INFINITY; // excess of the finding that the summary is from
  String speaker = ""; // its detector
  long findings;
  final Counted counted = new Counted();
  long toldFindings;
  long suppressed;
  int members;
  int toldMembers;
  long exchanges;
  Severity severity = Severity.INFORMATIONAL;
  String tenant = "";
  String model = "";
  String summary = "";
  final TreeSet<String> principals = new TreeSet<>();
  final TreeSet<String> detectors = new TreeSet<>();
  final TreeMap<String, String> techniques = new TreeMap<>();
  final EnumMap<IncidentStage, Long> stages = new EnumMap<>(IncidentStage.class);
  List<Measurement> evidence = List.of();
  List<Sample> samples = List.of();
  final TreeSet<String> joined = new TreeSet<>();
  @Nullable String joinedCampaign;
  Verdict.@Nullable Kind verdict;
  long verdictAtMicros = Long.MIN_VALUE;
  final Judged judged = new Judged();
  final ReadMark read = new ReadMark();

  /**
   * Takes over what the finding says; the sentence and numbers of the strongest one stay.
   *
   * @param group the accounts that it adds
   * @param strength log10 of its evidence above its own threshold
   * @return true when it brings a new detector
   */
  boolean merge(Finding finding, Group group, Severity weighed, double strength) {
    boolean news = detectors.size() < MOST_WORDS && detectors.add(finding.detector());
    group.names().forEach(this::name);
    members = Math.max(members, Math.max(group.size(), principals.size()));
    for (Technique technique : finding.techniques()) {
      if (techniques.size() < MOST_WORDS) {
        techniques.put(technique.id(), technique.name());
      }
    }
    IncidentStage stage = KillChain.of(finding);
    if (stage != null) {
      stages.merge(stage, finding.timeMicros(), Math::min);
    }
    if (weighed.compareTo(severity) > 0) {
      severity = weighed;
    }
    findings += counted.add(finding) ? 1 : 0;
    tenant = finding.tenant();
    model = finding.model().name();
    firstSeenMicros = Math.min(firstSeenMicros, finding.firstSeenMicros());
    lastSeenMicros = Math.max(lastSeenMicros, finding.timeMicros());
    if (strength >= loudest - AS_STRONG) {
      loudest = Math.max(loudest, strength);
      speaker = finding.detector();
      summary = finding.summary();
      evidence = first(finding.evidence(), MOST_EVIDENCE);
      if (!finding.samples().isEmpty()) {
        samples = first(finding.samples(), MOST_SAMPLES);
      }
    }
    return news;
  }

  /** Takes in another incident as a part of this one. */
  void absorb(Case other) {
    detectors.addAll(other.detectors);
    techniques.putAll(other.techniques);
    for (Map.Entry<IncidentStage, Long> stage : other.stages.entrySet()) {
      stages.merge(stage.getKey(), stage.getValue(), Math::min);
    }
    other.principals.forEach(this::name);
    members = Math.max(members, principals.size());
    if (other.severity.compareTo(severity) > 0) {
      severity = other.severity;
    }
    findings += other.findings;
    suppressed += other.suppressed;
    firstSeenMicros = Math.min(firstSeenMicros, other.firstSeenMicros);
    join(other.incidentId);
    other.joined.forEach(this::join); // a verdict on this one is one on them too
  }

  private void join(String other) {
    if (joined.size() < MOST_JOINED) {
      joined.add(other);
    }
  }

  private void name(String principal) {
    if (principals.size() < MOST_PRINCIPALS) {
      principals.add(principal);
    }
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.size() <= most ? all : List.copyOf(all.subList(0, most));
  }

  /** Forgets the last incident, for a new one; the ledger stays. */
  void clear() {
    incidentId = "";
    sequence = 0;
    updates = 0;
    beats = 0;
    reopened = 0;
    firstSeenMicros = Long.MAX_VALUE;
    lastSeenMicros = Long.MIN_VALUE;
    peak = 0;
    excess = 0;
    loudest = Double.NEGATIVE_INFINITY;
    speaker = "";
    findings = 0;
    suppressed = 0;
    counted.clear();
    toldFindings = 0;
    members = 0;
    toldMembers = 0;
    severity = Severity.INFORMATIONAL;
    principals.clear();
    detectors.clear();
    techniques.clear();
    stages.clear();
    evidence = List.of();
    samples = List.of(); // a later finding without samples must not show those of this incident
    joined.clear();
    joinedCampaign = null;
    verdict = null;
    verdictAtMicros = Long.MIN_VALUE;
  }

  /** Detectors, first the one whose finding title and summary are from, which readers go by. */
  List<String> detectorsInOrder() {
    List<String> order = new ArrayList<>(detectors);
    if (order.remove(speaker)) {
      order.add(0, speaker);
    }
    return List.copyOf(order);
  }

  /** Stages in order of their first finding. */
  List<IncidentStage> stagesInOrder() {
    List<IncidentStage> order = new ArrayList<>(stages.keySet());
    order.sort(Comparator.comparing(stage -> stages.getOrDefault(stage, 0L)));
    return order;
  }

  int bytes() {
    int characters = summary.length() + tenant.length() + model.length();
    for (String principal : principals) {
      characters += principal.length();
    }
    return 1900
        + 2 * characters
        + ledger.bytes()
        + 80 * (principals.size() + joined.size())
        + 200 * (samples.size() + techniques.size());
  }
}
