package io.vedette.edge.siem;

import io.vedette.core.Incident.Activity;
import io.vedette.core.Severity;
import io.vedette.core.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Our severities, confidences and risks in the scales of others. */
final class Scale {

  private static final String[] LEVELS = {"Info", "Low", "Medium", "High", "Critical"};

  private Scale() {}

  /** OCSF and human caption: Informational, Low, Medium, High, Critical. */
  static String caption(Severity severity) {
    String name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** OCSF {@code impact_id}: 1 Low to 4 Critical. */
  static int impact(Severity severity) {
    return Math.max(1, severity.level() - 1);
  }

  static String level(int id) {
    return LEVELS[id];
  }

  /** 0..100. */
  static int percent(double confidence) {
    return (int) Math.round(100 * Math.max(0, Math.min(1, confidence)));
  }

  /** OCSF {@code confidence_id}: 1 Low below 50, 2 Medium below 85, 3 High. */
  static int confidence(int percent) {
    return percent < 50 ? 1 : percent < 85 ? 2 : 3;
  }

  static int risk(double score) {
    return (int) Math.round(Math.max(0, Math.min(100, score)));
  }

  /** OCSF {@code risk_level_id}: 0 Info to 4 Critical. */
  static int riskLevel(int score) {
    return score < 20 ? 0 : score < 40 ? 1 : score < 70 ? 2 : score < 90 ? 3 : 4;
  }

  /** Elastic's scores, so that they compare with those of its own rules. */
  static int elastic(Severity severity) {
    return switch (severity) {
      case INFORMATIONAL -> 1;
      case LOW -> 21;
      case MEDIUM -> 47;
      case HIGH -> 73;
      case CRITICAL -> 99;
    };
  }

  /** CEF, 0 to 10. */
  static int cef(Severity severity) {
    return switch (severity) {
      case INFORMATIONAL -> 1;
      case LOW -> 3;
      case MEDIUM -> 5;
      case HIGH -> 8;
      case CRITICAL -> 10;
    };
  }

  /** OCSF {@code activity_id}: 1 Create, 2 Update, 3 Close. */
  static int activity(Activity activity) {
    return switch (activity) {
      case CREATE -> 1;
      case UPDATE -> 2;
      case CLOSE -> 3;
    };
  }

  static String caption(Activity activity) {
    String name = activity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** OCSF {@code verdict_id}. */
  static int verdict(Verdict.@Nullable Kind kind) {
    return kind == null
        ? 0
        : switch (kind) {
          case UNKNOWN -> 0;
          case FALSE_POSITIVE -> 1;
          case TRUE_POSITIVE -> 2;
          case BENIGN -> 5;
          case TEST -> 6;
          case DUPLICATE -> 10;
        };
  }

  /** OCSF {@code verdict}. */
  static String verdictWord(Verdict.@Nullable Kind kind) {
    return kind == null
        ? "Unknown"
        : switch (kind) {
          case UNKNOWN -> "Unknown";
          case FALSE_POSITIVE -> "False Positive";
          case TRUE_POSITIVE -> "True Positive";
          case BENIGN -> "Benign";
          case TEST -> "Test";
          case DUPLICATE -> "Duplicate";
        };
  }
}
