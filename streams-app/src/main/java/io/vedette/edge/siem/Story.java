package io.vedette.edge.siem;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Measurement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/** What an analyst reads: what happened, why we think so, what to rule out and what to do next. */
final class Story {

  private static final int MOST_NUMBERS = 3;
  private static final MathContext DIGITS = new MathContext(3);

  private Story() {}

  /** What and why in one line: title, summary, and at most three numbers with their limits. */
  static String what(Incident incident) {
    return sentence(incident.title(), incident.summary(), incident.evidence());
  }

  static String what(Finding finding, String name) {
    String who =
        finding.principal() != null
            ? " by " + finding.principal()
            : finding.principals().isEmpty()
                ? ""
                : " by " + finding.principals().size() + " accounts";
    return sentence(
        name + who + " on " + finding.model().name(), finding.summary(), finding.evidence());
  }

  private static String sentence(String title, String summary, List<Measurement> evidence) {
    String why = numbers(evidence);
    return title
        + (summary.isEmpty() ? "" : ": " + summary)
        + (why.isEmpty() ? "." : " (" + why + ").");
  }

  /** At most three numbers with their limits. */
  static String numbers(List<Measurement> evidence) {
    return evidence.stream()
        .limit(MOST_NUMBERS)
        .map(Story::number)
        .collect(Collectors.joining("; "));
  }

  private static String number(Measurement m) {
    String limit = Double.isNaN(m.limit()) ? "" : ", limit " + number(m.limit());
    return m.name().replace('_', ' ') + ' ' + number(m.value()) + unit(m.unit()) + limit;
  }

  /** UCUM for readers: nothing for ratios and counts, else the unit without its braces. */
  private static String unit(String ucum) {
    if (ucum.equals("1") || ucum.isEmpty() || ucum.equals("{query}")) {
      return "";
    }
    boolean annotation = ucum.length() > 2 && ucum.startsWith("{") && ucum.endsWith("}");
    return ' ' + (annotation ? ucum.substring(1, ucum.length() - 1) : ucum);
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "beyond doubt" : "none";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
    boolean readable = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15;
    return readable ? rounded.toPlainString() : rounded.toString();
  }

  /** What to do next, in order. */
  static String next(Taxonomy.Entry entry) {
    return String.join(" ", entry.nextSteps());
  }

  /** The whole story in plain sentences. */
  static String whole(Incident incident, Taxonomy.Entry entry) {
    String closed =
        incident.closeReason() == null ? "" : " Closed: " + incident.closeReason() + ".";
    return what(incident) + closed + checked(incident) + ruleOut(entry) + " Next: " + next(entry);
  }

  private static String checked(Incident incident) {
    List<String> checked = incident.details().checked();
    return checked.isEmpty() ? "" : " Checked: " + String.join("; ", checked) + ".";
  }

  private static String ruleOut(Taxonomy.Entry entry) {
    return entry.ruleOut().isEmpty()
        ? ""
        : " Rule out first: " + String.join("; ", entry.ruleOut()) + ".";
  }
}
