package io.vedette.app;

import java.time.Duration;
import java.util.List;

/** What settings of recommended actions must be beside those of incidents. */
final class ActionRules {

  private static final Duration DAY = Duration.ofDays(1); // the longest heartbeat
  private static final Duration LONGEST = Duration.ofDays(30); // that actions.lasts may be

  private ActionRules() {}

  /** What is wrong, one error each. */
  static List<String> problems(Settings settings) {
    Duration least = least(settings.alerting());
    Duration lasts = settings.actions().lasts();
    if (settings.actions().detectors().isEmpty() || lasts.compareTo(least) >= 0) {
      return List.of();
    }
    return List.of(
        "actions.lasts must be at least "
            + least
            + " when actions.detectors is set, was "
            + lasts
            + ": an incident that goes on may be silent for the longest heartbeat and"
            + " alerting.closeAfter, and advice would lapse before its next word");
  }

  /** A heartbeat that is due comes with the next finding, of an incident that is still open. */
  private static Duration least(Settings.Alerting alerting) {
    Duration silent = DAY.plus(alerting.closeAfter());
    return silent.compareTo(LONGEST) < 0 ? silent : LONGEST;
  }
}
