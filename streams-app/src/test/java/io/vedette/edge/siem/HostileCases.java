package io.vedette.edge.siem;

import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.IncidentDetails;
import io.vedette.core.IncidentStage;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.SplittableRandom;

/** Incidents in which also the details and the names of detectors are an attacker's. */
final class HostileCases {

  private HostileCases() {}

  /** The text in every place that holds one; whether a detector leads that we know is drawn. */
  static Incident worst(String text, Activity activity, SplittableRandom random) {
    Incident i = SiemCases.hostile(text, activity);
    List<String> detectors =
        random.nextBoolean() ? List.of(text, "extraction") : List.of("extraction", text);
    return SiemCases.detailed(i, detectors, i.techniques(), details(text, random));
  }

  private static IncidentDetails details(String text, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return IncidentDetails.NONE;
    }
    IncidentStage[] stages = IncidentStage.values();
    Verdict.Kind[] verdicts = Verdict.Kind.values();
    return new IncidentDetails(
        random.nextLong(Long.MAX_VALUE),
        random.nextLong(Long.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextBoolean() ? List.of() : List.of(stages[random.nextInt(stages.length)]),
        random.nextBoolean() ? null : text,
        random.nextBoolean() ? List.of() : List.of(text, "x" + text),
        random.nextBoolean() ? null : verdicts[random.nextInt(verdicts.length)],
        random.nextBoolean() ? List.of() : List.of(text, text),
        random.nextBoolean() ? List.of() : List.of(text),
        text);
  }
}
