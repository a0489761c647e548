package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.IncidentStage;
import io.vedette.core.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumSet;

/**
 * What the incident of a case was when an analyst judged it: an exception that follows from the
 * verdict covers that, and nothing worse. It outlives the incident, as the exception does.
 */
final class Judged {

  private String incidentId = ""; // empty when none was judged
  private Severity severity = Severity.INFORMATIONAL;
  private final EnumSet<IncidentStage> stages = EnumSet.noneOf(IncidentStage.class);

  /** Takes the incident of a case as the one that is judged now. */
  void take(Case c) {
    incidentId = c.incidentId;
    severity = c.severity;
    stages.clear();
    stages.addAll(c.stages.keySet());
  }

  /**
   * True when a finding under the exception of this verdict is of another stage than the incident
   * had, or of a higher severity.
   *
   * @param weighed severity of the finding as the book weighs it
   */
  boolean isExceededBy(Finding finding, Severity weighed) {
    if (incidentId.isEmpty() || !incidentId.equals(finding.attributes().get(Finding.EXCEPTION))) {
      return false;
    }
    IncidentStage stage = KillChain.of(finding);
    return weighed.compareTo(severity) > 0 || (stage != null && !stages.contains(stage));
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(incidentId);
    if (!incidentId.isEmpty()) {
      out.writeUTF(severity.name());
      out.writeByte(stages.size());
      for (IncidentStage stage : stages) {
        out.writeUTF(stage.name());
      }
    }
  }

  void read(DataInput in) throws IOException {
    incidentId = in.readUTF();
    if (incidentId.isEmpty()) {
      return;
    }
    severity = CaseBytes.named(Severity.class, "severity", in.readUTF());
    int n = in.readUnsignedByte();
    for (int i = 0; i < n; i++) {
      stages.add(CaseBytes.named(IncidentStage.class, "stage", in.readUTF()));
    }
  }
}
