package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page about metrics names every meter of the registry. */
class MetricsPageTest {

  private static final Path PAGE = Path.of("METRICS.md");
  private static final String START = "<!-- meters: start -->\n";
  private static final String END = "<!-- meters: end -->\n";
  private static final int FEW = 8;

  @Test
  void shouldHoldEveryMeterWhenThePageIsRead() throws IOException {
    try (Metrics metrics = new Metrics()) {
      // Given
      metrics.openIncidents();
      metrics.service(() -> 1, 1);
      String page = Files.readString(PAGE);

      // When
      String table = table(metrics);

      // Then
      String current =
          page.substring(0, page.indexOf(START) + START.length())
              + table
              + page.substring(page.indexOf(END));
      if (Boolean.getBoolean("vedette.update")) {
        Files.writeString(PAGE, current);
      }
      assertThat(Files.readString(PAGE))
          .as("METRICS.md; if the change is meant: mvn test -Dvedette.update=true")
          .isEqualTo(current);
    }
  }

  private static String table(Metrics metrics) {
    Map<String, List<Meter>> byName = new TreeMap<>();
    for (Meter meter : metrics.registry().getMeters()) {
      byName.merge(
          meter.getId().getName(),
          List.of(meter),
          (a, b) -> java.util.stream.Stream.of(a, b).flatMap(Collection::stream).toList());
    }
    // Only there after the first collection, which no test waits for.
    byName.keySet().removeIf(name -> name.matches("jvm\\.gc\\.(pause|concurrent\\.phase\\.time)"));
    var table =
        new StringBuilder("| name | type | unit | tags | what it is |\n|---|---|---|---|---|\n");
    NamingConvention names = metrics.registry().config().namingConvention();
    byName.forEach(
        (name, meters) -> {
          Meter.Id id = meters.get(0).getId();
          assertThat(id.getDescription()).as(name).isNotBlank();
          String scraped = names.name(name, id.getType(), id.getBaseUnit());
          table
              .append("| `")
              .append(scraped)
              .append(
                  switch (id.getType()) {
                    case TIMER -> "{_count,_sum,_max,_bucket}";
                    case COUNTER -> "_total";
                    default -> "";
                  })
              .append("` | ")
              .append(id.getType().name().toLowerCase(Locale.ROOT))
              .append(" | ")
              .append(id.getType() == Meter.Type.TIMER ? "seconds" : unit(id))
              .append(" | ")
              .append(tags(meters))
              .append(" | ")
              .append(id.getDescription())
              .append(" |\n");
        });
    return table.toString();
  }

  private static String unit(Meter.Id id) {
    return id.getBaseUnit() == null ? "" : id.getBaseUnit();
  }

  private static String tags(List<Meter> meters) {
    Map<String, TreeSet<String>> values = new TreeMap<>();
    boolean ours = meters.get(0).getId().getName().startsWith("vedette.");
    for (Meter meter : meters) {
      meter
          .getId()
          .getTags()
          .forEach(
              tag ->
                  values.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue()));
    }
    List<String> texts =
        values.entrySet().stream()
            .map(
                tag ->
                    tag.getKey()
                        + (ours && tag.getValue().size() <= FEW
                            ? " (" + String.join(", ", tag.getValue()) + ")"
                            : ""))
            .toList();
    return String.join("; ", texts);
  }
}
