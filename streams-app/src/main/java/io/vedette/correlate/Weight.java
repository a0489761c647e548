package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Severity;
import java.util.Map;

/** The three numbers of an incident, kept apart: severity, confidence and risk. */
final class Weight {

  /*
   * Severity is the impact if it is true: the highest severity that a detector gave, one level up
   * when the finding shows that the attack has reached what it was after (Finding.SUCCESS), and one
   * level up on a critical model: one that alerting.criticalModels names, or whose policy says so
   * (Finding.CRITICAL_MODEL). Evidence never changes it.
   *
   * Confidence is how sure it is: with alpha allowed false alarms, evidence E and a scope of N
   * hypotheses, the odds are alpha E / N, so that every incident opens at odds of 3 : 1, whatever
   * its scope. Severity never changes it. It follows the strongest evidence so far and never falls.
   *
   * Risk is the order of triage. Severity sets the level, 20 a step; confidence the upper half of
   * it. Each stage that followed an earlier one takes a quarter of what is left to 100:
   *
   *   base = 20 level (1 + confidence) / 2,   risk = base + (100 - base) (1 - 0.75^(chain - 1)).
   *
   * It grows with each of the three, and a second finding of a kind adds nothing by itself.
   */

  private static final double OPENING_ODDS = 3;
  private static final double PER_STAGE = 0.75;
  private static final double MOST = 30; // decades; beyond them confidence is 1

  private Weight() {}

  static Severity severity(Finding finding, Alerting alerting) {
    Map<String, String> facts = finding.attributes();
    boolean critical =
        alerting.criticalModels().contains(finding.model().name())
            || facts.containsKey(Finding.CRITICAL_MODEL);
    Severity own = finding.severity();
    Severity reached = facts.containsKey(Finding.SUCCESS) ? above(own) : own;
    return critical ? above(reached) : reached;
  }

  private static Severity above(Severity severity) {
    return switch (severity) {
      case INFORMATIONAL -> Severity.LOW;
      case LOW -> Severity.MEDIUM;
      case MEDIUM -> Severity.HIGH;
      case HIGH, CRITICAL -> Severity.CRITICAL;
    };
  }

  /** 0..1 with four digits, from log10 of the evidence above its threshold. */
  static double confidence(double excess) {
    double odds = OPENING_ODDS * Math.pow(10, Math.min(MOST, excess));
    return Math.round(1e4 * odds / (1 + odds)) / 1e4;
  }

  /** 0..100 with one digit, from a chain of stages of any length. */
  static double risk(Severity severity, double confidence, int chain) {
    double base = severity.level() * 20 * (0.5 + 0.5 * confidence);
    double rise = (100 - base) * (1 - Math.pow(PER_STAGE, Math.max(0, chain - 1)));
    return Math.round(10 * (base + rise)) / 10.0;
  }
}
