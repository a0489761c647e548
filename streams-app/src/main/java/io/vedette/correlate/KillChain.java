package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.IncidentStage;
import io.vedette.core.Technique;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which stage of an attack a finding speaks for, and how far stages followed one another. */
final class KillChain {

  /*
   * A finding speaks for the earliest stage of its techniques: a boundary search may end in evasion,
   * but what was seen is the crafting. Without a known technique its detector decides. Evidence
   * below 100 to 1 speaks for no stage.
   */

  private static final double LEAST = 2; // log10

  private static final Map<String, IncidentStage> TECHNIQUES =
      Map.ofEntries(
          Map.entry("AML.T0012", IncidentStage.ACCESS),
          Map.entry("AML.T0040", IncidentStage.ACCESS),
          Map.entry("AML.T0091", IncidentStage.ACCESS),
          Map.entry("AML.T0013", IncidentStage.RECONNAISSANCE),
          Map.entry("AML.T0063", IncidentStage.RECONNAISSANCE),
          Map.entry("AML.T0005", IncidentStage.EXTRACTION),
          Map.entry("AML.T0024.002", IncidentStage.EXTRACTION),
          Map.entry("AML.T0042", IncidentStage.CRAFTING),
          Map.entry("AML.T0043", IncidentStage.CRAFTING),
          Map.entry("AML.T0015", IncidentStage.EVASION),
          Map.entry("AML.T0051", IncidentStage.EVASION),
          Map.entry("AML.T0054", IncidentStage.EVASION),
          Map.entry("AML.T0068", IncidentStage.EVASION),
          Map.entry("AML.T0024", IncidentStage.EXFILTRATION),
          Map.entry("AML.T0056", IncidentStage.EXFILTRATION),
          Map.entry("AML.T0057", IncidentStage.EXFILTRATION));

  private static final Map<String, IncidentStage> DETECTORS =
      Map.of(
          "access", IncidentStage.ACCESS,
          "coverage", IncidentStage.RECONNAISSANCE,
          "extraction", IncidentStage.EXTRACTION,
          "distillation", IncidentStage.EXTRACTION,
          "evasion", IncidentStage.CRAFTING,
          "prompt", IncidentStage.EVASION,
          "inversion", IncidentStage.EXFILTRATION,
          "membership", IncidentStage.EXFILTRATION,
          "leakage", IncidentStage.EXFILTRATION);

  private KillChain() {}

  /** The stage that a finding speaks for, null when it speaks for none. */
  static @Nullable IncidentStage of(Finding finding) {
    if (finding.logEvidence() < LEAST) {
      return null;
    }
    return finding.techniques().stream()
        .map(KillChain::of)
        .filter(Objects::nonNull)
        .min(IncidentStage::compareTo)
        .orElse(DETECTORS.get(finding.detector()));
  }

  private static @Nullable IncidentStage of(Technique technique) {
    IncidentStage own = TECHNIQUES.get(technique.id());
    int sub = technique.id().lastIndexOf('.');
    return own != null || sub <= 4 ? own : TECHNIQUES.get(technique.id().substring(0, sub));
  }

  /**
   * The longest chain of stages of which each was first seen later than the one before: 0 to 6.
   *
   * @param firstSeen stream time of each stage's first finding
   */
  static int chain(Map<IncidentStage, Long> firstSeen) {
    IncidentStage[] all = IncidentStage.values();
    int[] longest = new int[all.length];
    int best = 0;
    for (int i = 0; i < all.length; i++) {
      Long at = firstSeen.get(all[i]);
      if (at == null) {
        continue;
      }
      longest[i] = 1;
      for (int j = 0; j < i; j++) {
        Long before = firstSeen.get(all[j]);
        if (before != null && before < at) {
          longest[i] = Math.max(longest[i], longest[j] + 1);
        }
      }
      best = Math.max(best, longest[i]);
    }
    return best;
  }
}
