package io.vedette.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Technique;
import io.vedette.edge.http.Judgement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The detectors as JSON, for the API, with what analysts said of their incidents. */
final class Catalogue {

  private Catalogue() {}

  static String json(VerdictTally tally) {
    List<Map<String, Object>> detectors =
        Wiring.profiles().stream()
            .map(
                profile -> {
                  Map<String, Object> entry = new LinkedHashMap<>();
                  entry.put("id", profile.id());
                  entry.put("title", profile.title());
                  entry.put("maturity", profile.maturity());
                  entry.put("severity", profile.severity());
                  entry.put(
                      "techniques", profile.techniques().stream().map(Technique::id).toList());
                  VerdictTally.Count count = tally.of(profile.id());
                  Map<String, Long> verdicts = new LinkedHashMap<>();
                  for (Judgement.Kind kind : Judgement.Kind.values()) {
                    verdicts.put(kind.name(), count.of(kind));
                  }
                  entry.put("verdicts", verdicts);
                  double precision = count.precision();
                  entry.put("precision", Double.isNaN(precision) ? null : precision);
                  return entry;
                })
            .toList();
    try {
      return new ObjectMapper().writeValueAsString(detectors);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("detectors are plain values", e);
    }
  }
}
