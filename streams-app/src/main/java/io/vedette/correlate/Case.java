package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Measurement;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Severity;
import io.vedette.core.State;
import io.vedette.core.Technique;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is remembered of one subject: its ledger and, while one is open, its incident. */
public final class Case implements State {

  static final int MOST_PRINCIPALS = 50;
  static final int MOST_SAMPLES = 5;
  static final int MOST_EVIDENCE = 3;

  Ledger ledger = new Ledger();
  String incidentId = ""; // empty while none is open
  boolean slow; // a model's windows are hours apart when it has little traffic
  int sequence;
  long openedAtMicros;
  long firstSeenMicros;
  long lastSeenMicros;
  long lastActivityMicros;
  double reported; // log10 at the last activity
  long exchanges;
  Severity severity = Severity.INFORMATIONAL;
  String tenant = "";
  String model = "";
  String summary = "";
  final TreeSet<String> principals = new TreeSet<>();
  final TreeSet<String> detectors = new TreeSet<>();
  final TreeMap<String, String> techniques = new TreeMap<>();
  List<Measurement> evidence = List.of();
  List<Sample> samples = List.of();

  boolean isOpen() {
    return !incidentId.isEmpty();
  }

  /** Takes over what the finding says; true when it brings a new member or detector. */
  boolean merge(Finding finding) {
    boolean grown = detectors.add(finding.detector());
    for (String principal : finding.principals()) {
      grown |= principals.size() < MOST_PRINCIPALS && principals.add(principal);
    }
    for (Technique technique : finding.techniques()) {
      techniques.put(technique.id(), technique.name());
    }
    if (finding.severity().compareTo(severity) > 0) {
      severity = finding.severity();
    }
    tenant = finding.tenant();
    model = finding.model().name();
    summary = finding.summary();
    lastSeenMicros = Math.max(lastSeenMicros, finding.timeMicros());
    evidence =
        finding.evidence().size() > MOST_EVIDENCE
            ? List.copyOf(finding.evidence().subList(0, MOST_EVIDENCE))
            : finding.evidence();
    if (!finding.samples().isEmpty()) {
      samples = finding.samples().subList(0, Math.min(MOST_SAMPLES, finding.samples().size()));
    }
    return grown;
  }

  void close() {
    incidentId = "";
    severity = Severity.INFORMATIONAL;
    principals.clear();
    detectors.clear();
    techniques.clear();
    samples = List.of(); // a later finding without samples must not show those of this incident
  }

  @Override
  public void write(DataOutput out) throws IOException {
    ledger.write(out);
    out.writeUTF(incidentId);
    if (!isOpen()) {
      return;
    }
    out.writeBoolean(slow);
    out.writeInt(sequence);
    out.writeLong(openedAtMicros);
    out.writeLong(firstSeenMicros);
    out.writeLong(lastSeenMicros);
    out.writeLong(lastActivityMicros);
    out.writeDouble(reported);
    out.writeLong(exchanges);
    out.writeUTF(severity.name());
    out.writeUTF(tenant);
    out.writeUTF(model);
    out.writeUTF(summary);
    writeAll(principals, out);
    writeAll(detectors, out);
    out.writeByte(techniques.size());
    for (Map.Entry<String, String> technique : techniques.entrySet()) {
      out.writeUTF(technique.getKey());
      out.writeUTF(technique.getValue());
    }
    out.writeByte(evidence.size());
    for (Measurement m : evidence) {
      out.writeUTF(m.name());
      out.writeDouble(m.value());
      out.writeUTF(m.unit());
      out.writeDouble(m.limit());
    }
    out.writeByte(samples.size());
    for (Sample s : samples) {
      out.writeUTF(s.requestId());
      out.writeUTF(s.origin().topic());
      out.writeInt(s.origin().partition());
      out.writeLong(s.origin().offset());
    }
  }

  private static void writeAll(Set<String> texts, DataOutput out) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  static Case read(DataInput in) throws IOException {
    Case c = new Case();
    c.ledger = Ledger.read(in);
    c.incidentId = in.readUTF();
    if (!c.isOpen()) {
      return c;
    }
    c.slow = in.readBoolean();
    c.sequence = in.readInt();
    c.openedAtMicros = in.readLong();
    c.firstSeenMicros = in.readLong();
    c.lastSeenMicros = in.readLong();
    c.lastActivityMicros = in.readLong();
    c.reported = in.readDouble();
    c.exchanges = in.readLong();
    try {
      c.severity = Severity.valueOf(in.readUTF());
    } catch (IllegalArgumentException e) {
      throw new IOException("severity is not one of OCSF's", e);
    }
    c.tenant = in.readUTF();
    c.model = in.readUTF();
    c.summary = in.readUTF();
    readAll(c.principals, in);
    readAll(c.detectors, in);
    int techniques = in.readUnsignedByte();
    for (int i = 0; i < techniques; i++) {
      c.techniques.put(in.readUTF(), in.readUTF());
    }
    int evidence = in.readUnsignedByte();
    List<Measurement> measurements = new ArrayList<>(evidence);
    for (int i = 0; i < evidence; i++) {
      measurements.add(
          new Measurement(in.readUTF(), in.readDouble(), in.readUTF(), in.readDouble()));
    }
    c.evidence = List.copyOf(measurements);
    int samples = in.readUnsignedByte();
    List<Sample> exemplars = new ArrayList<>(samples);
    for (int i = 0; i < samples; i++) {
      exemplars.add(
          new Sample(in.readUTF(), new Origin(in.readUTF(), in.readInt(), in.readLong())));
    }
    c.samples = List.copyOf(exemplars);
    return c;
  }

  private static void readAll(Set<String> texts, DataInput in) throws IOException {
    int n = in.readUnsignedByte();
    for (int i = 0; i < n; i++) {
      texts.add(in.readUTF());
    }
  }

  @Override
  public int bytes() {
    return 1200 + ledger.bytes() + 80 * principals.size() + 200 * samples.size();
  }
}
