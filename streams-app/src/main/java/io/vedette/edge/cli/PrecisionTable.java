package io.vedette.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;

/** What analysts said of each detector's incidents, as a table for the terminal. */
public final class PrecisionTable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int LONGEST = 12; // characters of a detector's id

  private PrecisionTable() {}

  /**
   * The table.
   *
   * @param detectors the answer of {@code /api/detectors}
   * @throws IOException when it is none
   */
  public static String text(String detectors) throws IOException {
    JsonNode all = MAPPER.readTree(detectors);
    if (!all.isArray()) {
      throw new IOException("the service did not answer with its detectors");
    }
    StringBuilder text = new StringBuilder("# Verdicts on incidents, by detector\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %8s %8s %8s %9s %6s %10s%n",
            "detector",
            "true",
            "false",
            "benign",
            "duplicate",
            "test",
            "precision"));
    for (JsonNode detector : all) {
      JsonNode verdicts = detector.path("verdicts");
      JsonNode precision = detector.path("precision");
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %8d %8d %8d %9d %6d %10s%n",
              TerminalText.clean(detector.path("id").asText(), LONGEST),
              verdicts.path("TRUE_POSITIVE").asLong(),
              verdicts.path("FALSE_POSITIVE").asLong(),
              verdicts.path("BENIGN").asLong(),
              verdicts.path("DUPLICATE").asLong(),
              verdicts.path("TEST").asLong(),
              precision.isNumber()
                  ? String.format(Locale.ROOT, "%.2f", precision.asDouble())
                  : "-"));
    }
    return text.toString();
  }
}
