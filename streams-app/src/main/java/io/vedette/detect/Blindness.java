package io.vedette.detect;

import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.stats.DayReset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The finding that a detector could not look: what nobody watches is itself news. One of a model is
 * told once a day and task, however often it fails; nothing of that outlives a restart.
 */
final class Blindness {

  private static final int MOST = 1024; // models and detectors; the first told are forgotten first

  private final Map<String, Long> told =
      new LinkedHashMap<>(); // day, by detector and model version

  /**
   * The finding that a detector failed on what belongs to no single caller; null when it has been
   * told that day.
   *
   * @param of what was being looked at, as in "a window"
   * @param sample an exchange that belongs to it, null for none
   */
  @Nullable Finding ofModel(
      String detector, String of, ModelRef model, long timeMicros, @Nullable Sample sample) {
    long day = DayReset.day(timeMicros);
    Long before = told.put(detector + '|' + model.versionKey(), day);
    if (told.size() > MOST) {
      told.remove(told.keySet().iterator().next());
    }
    if (before != null && before == day) {
      return null;
    }
    return new Finding(
        "coverage",
        Scope.MODEL,
        "model:" + model.name(),
        "",
        null,
        List.of(),
        model,
        timeMicros,
        timeMicros,
        0,
        0,
        0,
        Maturity.INCUBATING,
        Severity.LOW,
        List.of(),
        List.of(),
        sample == null ? List.of() : List.of(sample),
        "detector " + detector + " failed on " + of + " of this model and saw nothing of it",
        Map.of("failed", detector));
  }

  static Finding of(String detector, Exchange exchange, Track track) {
    String principal = exchange.caller().principal();
    return new Finding(
        "coverage",
        Scope.CALLER,
        exchange.caller().key(),
        exchange.caller().tenant(),
        principal,
        List.of(principal),
        exchange.model(),
        exchange.timeMicros(),
        exchange.timeMicros(),
        0,
        0,
        track.exchanges,
        Maturity.INCUBATING,
        Severity.LOW,
        List.of(),
        List.of(),
        List.of(Sample.of(exchange)),
        "detector " + detector + " failed on an exchange of this caller and saw nothing of it",
        Map.of("failed", detector));
  }
}
