package io.vedette.correlate;

import io.vedette.core.IncidentStage;
import io.vedette.core.Measurement;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.Severity;
import io.vedette.core.TraceId;
import io.vedette.core.Verdict;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bytes of a case, in the format of today and those before it. */
final class CaseBytes {

  private CaseBytes() {}

  static void write(Case c, DataOutput out) throws IOException {
    c.ledger.write(out);
    out.writeInt(c.campaign);
    c.read.write(out);
    c.judged.write(out);
    out.writeUTF(c.incidentId);
    if (c.incidentId.isEmpty()) {
      return;
    }
    out.writeLong(c.suppressed);
    out.writeBoolean(c.open);
    out.writeBoolean(c.slow);
    out.writeInt(c.sequence);
    out.writeInt(c.updates);
    out.writeInt(c.beats);
    out.writeInt(c.reopened);
    out.writeLong(c.openedAtMicros);
    out.writeLong(c.firstSeenMicros);
    out.writeLong(c.lastSeenMicros);
    out.writeLong(c.lastActivityMicros);
    out.writeLong(c.closedAtMicros);
    out.writeDouble(c.peak);
    out.writeDouble(c.excess);
    out.writeDouble(c.told);
    out.writeDouble(c.loudest);
    out.writeUTF(c.speaker);
    out.writeLong(c.findings);
    c.counted.write(out);
    out.writeLong(c.toldFindings);
    out.writeInt(c.members);
    out.writeInt(c.toldMembers);
    out.writeLong(c.exchanges);
    out.writeUTF(c.severity.name());
    out.writeUTF(c.tenant);
    out.writeUTF(c.model);
    out.writeUTF(c.summary);
    texts(c.principals, out);
    texts(c.detectors, out);
    out.writeByte(c.techniques.size());
    for (Map.Entry<String, String> technique : c.techniques.entrySet()) {
      out.writeUTF(technique.getKey());
      out.writeUTF(technique.getValue());
    }
    out.writeByte(c.stages.size());
    for (Map.Entry<IncidentStage, Long> stage : c.stages.entrySet()) {
      out.writeUTF(stage.getKey().name());
      out.writeLong(stage.getValue());
    }
    evidence(c.evidence, out);
    samples(c.samples, out);
    texts(c.joined, out);
    out.writeUTF(c.joinedCampaign == null ? "" : c.joinedCampaign);
    out.writeUTF(c.verdict == null ? "" : c.verdict.name());
    out.writeLong(c.verdictAtMicros);
  }

  /**
   * Reads a case.
   *
   * @param format 3, or 2, which knew neither how far findings were read nor what was judged
   */
  static Case read(DataInput in, int format) throws IOException {
    Case c = new Case();
    c.ledger = Ledger.read(in);
    c.campaign = in.readInt();
    if (format > 2) {
      c.read.read(in);
      c.judged.read(in);
    }
    c.incidentId = in.readUTF();
    if (c.incidentId.isEmpty()) {
      return c;
    }
    c.suppressed = in.readLong();
    c.open = in.readBoolean();
    c.slow = in.readBoolean();
    c.sequence = in.readInt();
    c.updates = in.readInt();
    c.beats = in.readInt();
    c.reopened = in.readInt();
    c.openedAtMicros = in.readLong();
    c.firstSeenMicros = in.readLong();
    c.lastSeenMicros = in.readLong();
    c.lastActivityMicros = in.readLong();
    c.closedAtMicros = in.readLong();
    c.peak = in.readDouble();
    c.excess = in.readDouble();
    c.told = in.readDouble();
    c.loudest = in.readDouble();
    c.speaker = in.readUTF();
    c.findings = in.readLong();
    c.counted.read(in);
    c.toldFindings = in.readLong();
    c.members = in.readInt();
    c.toldMembers = in.readInt();
    c.exchanges = in.readLong();
    words(c, in);
    int stages = in.readUnsignedByte();
    for (int i = 0; i < stages; i++) {
      IncidentStage stage = named(IncidentStage.class, "stage", in.readUTF());
      c.stages.put(stage, in.readLong());
    }
    c.evidence = evidence(in);
    c.samples = samples(in, format > 2);
    texts(c.joined, in);
    String campaign = in.readUTF();
    c.joinedCampaign = campaign.isEmpty() ? null : campaign;
    String verdict = in.readUTF();
    c.verdict = verdict.isEmpty() ? null : named(Verdict.Kind.class, "verdict", verdict);
    c.verdictAtMicros = in.readLong();
    return c;
  }

  /** Format 1 had no number in front: its first long, the ledger's day, was read already. */
  static Case readFirstFormat(DataInput in, long day) throws IOException {
    Case c = new Case();
    c.ledger = Ledger.read(in, day);
    c.incidentId = in.readUTF();
    if (c.incidentId.isEmpty()) {
      return c;
    }
    c.open = true; // a closed one was forgotten at once
    c.slow = in.readBoolean();
    c.sequence = in.readInt();
    c.openedAtMicros = in.readLong();
    c.firstSeenMicros = in.readLong();
    c.lastSeenMicros = in.readLong();
    c.lastActivityMicros = in.readLong();
    c.told = in.readDouble();
    c.peak = c.told;
    c.exchanges = in.readLong();
    words(c, in);
    c.members = c.principals.size();
    c.speaker = c.detectors.isEmpty() ? "" : c.detectors.first();
    c.toldMembers = c.members;
    c.evidence = evidence(in);
    c.samples = samples(in, false);
    return c;
  }

  /** Severity, names and techniques: the same in both formats. */
  private static void words(Case c, DataInput in) throws IOException {
    c.severity = named(Severity.class, "severity", in.readUTF());
    c.tenant = in.readUTF();
    c.model = in.readUTF();
    c.summary = in.readUTF();
    texts(c.principals, in);
    texts(c.detectors, in);
    int techniques = in.readUnsignedByte();
    for (int i = 0; i < techniques; i++) {
      c.techniques.put(in.readUTF(), in.readUTF());
    }
  }

  private static void evidence(List<Measurement> evidence, DataOutput out) throws IOException {
    out.writeByte(evidence.size());
    for (Measurement m : evidence) {
      out.writeUTF(m.name());
      out.writeDouble(m.value());
      out.writeUTF(m.unit());
      out.writeDouble(m.limit());
    }
  }

  private static List<Measurement> evidence(DataInput in) throws IOException {
    int n = in.readUnsignedByte();
    List<Measurement> evidence = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      evidence.add(new Measurement(in.readUTF(), in.readDouble(), in.readUTF(), in.readDouble()));
    }
    return List.copyOf(evidence);
  }

  private static void samples(List<Sample> samples, DataOutput out) throws IOException {
    out.writeByte(samples.size());
    for (Sample s : samples) {
      out.writeUTF(s.requestId());
      out.writeUTF(s.origin().topic());
      out.writeInt(s.origin().partition());
      out.writeLong(s.origin().offset());
      TraceId.write(s.trace(), out);
    }
  }

  private static List<Sample> samples(DataInput in, boolean traced) throws IOException {
    int n = in.readUnsignedByte();
    List<Sample> samples = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      String requestId = in.readUTF();
      Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
      samples.add(new Sample(requestId, origin, traced ? TraceId.read(in) : null));
    }
    return List.copyOf(samples);
  }

  static void texts(Set<String> texts, DataOutput out) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  static void texts(Set<String> texts, DataInput in) throws IOException {
    int n = in.readUnsignedByte();
    for (int i = 0; i < n; i++) {
      texts.add(in.readUTF());
    }
  }

  static <E extends Enum<E>> E named(Class<E> type, String what, String name) throws IOException {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + " is of another version", e);
    }
  }
}
