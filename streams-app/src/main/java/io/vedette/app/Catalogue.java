package io.vedette.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Technique;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The detectors as JSON, for the API. */
final class Catalogue {

  private Catalogue() {}

  static String json() {
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
