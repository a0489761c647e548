package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.LiveDemo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alert rules, their tests and runbooks, and dashboards. */
class MonitoringTest {

  private static final Path RULES = Chart.DIRECTORY.resolve("files/rules/vedette.yaml");
  private static final Path DASHBOARDS = Chart.DIRECTORY.resolve("files/dashboards");
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path RUNBOOKS = DEPLOY.resolve("runbooks");
  private static final Path METRICS = Path.of("..", "streams-app", "METRICS.md");
  private static final Pattern ANNOTATED = Pattern.compile("\\$labels\\.([a-z_]+)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{ *([a-z_]+) *}}");

  @Test
  void shouldBeInARealScrapeWhenAMetricOrLabelIsNamed() throws Exception {
    // Given
    List<Query> queries = new ArrayList<>();
    rules().forEach(rule -> queries.add(new Query(rule.get("expr").asText())));
    for (JsonNode dashboard : dashboards()) {
      expressions(dashboard).forEach(expression -> queries.add(new Query(expression)));
    }
    Set<String> named = new TreeSet<>();
    queries.forEach(query -> named.addAll(query.metrics()));
    assertThat(named).hasSizeGreaterThan(40);

    // When
    try (LiveDemo demo = new LiveDemo()) {
      var scrape = new AtomicReference<>("");

      // Then
      await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                scrape.set(demo.scrape().orElse(""));
                var samples = LiveDemo.samples(scrape.get());
                Set<String> missing = new TreeSet<>();
                queries.forEach(query -> missing.addAll(query.missing(samples)));
                assertThat(missing).isEmpty();
                assertThat(lags(scrape.get())).contains("inference.exchanges");
              });
      labelled(LiveDemo.samples(scrape.get()));
      assertThat(lags(scrape.get()))
          .as("topics, each once: the alerts and panels sum their lags")
          .doesNotContain("inference_exchanges", "inference_requests");
      named.removeIf(name -> !name.startsWith("kafka_"));
      page(named, scrape.get());
    }
  }

  private static Set<String> lags(String scrape) {
    return LiveDemo.samples(scrape).get("kafka_consumer_fetch_manager_records_lag").get("topic");
  }

  /** What legends and annotations say of labels, the results have. */
  private static void labelled(Map<String, Map<String, Set<String>>> samples) throws IOException {
    for (JsonNode rule : rules()) {
      Set<String> result = new Query(rule.get("expr").asText()).result(samples);
      Matcher labels = ANNOTATED.matcher(rule.get("annotations").toString());
      while (labels.find()) {
        assertThat(result).as("%s", rule.get("alert")).contains(labels.group(1));
      }
    }
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode panel : dashboard.get("panels")) {
        for (JsonNode target : panel.path("targets")) {
          Set<String> result = new Query(target.get("expr").asText()).result(samples);
          Matcher labels = LEGEND.matcher(target.path("legendFormat").asText());
          while (labels.find()) {
            assertThat(result).as("%s", panel.get("title")).contains(labels.group(1));
          }
        }
      }
    }
  }

  /** The table of Kafka's metrics: what the scrape says of them. */
  private static void page(Set<String> named, String scrape) throws IOException {
    var table = new StringBuilder("| name | type | labels | what it is |\n|---|---|---|---|\n");
    var samples = LiveDemo.samples(scrape);
    for (String name : named) {
      String family = name.replaceAll("_total$", "");
      table
          .append("| `")
          .append(name)
          .append("` | ")
          .append(said(scrape, "TYPE", name, family))
          .append(" | ")
          .append(String.join(", ", samples.get(name).keySet()))
          .append(" | ")
          .append(said(scrape, "HELP", name, family).replace("|", "\\|"))
          .append(" |\n");
    }
    String text = Files.readString(METRICS);
    String start = "<!-- kafka: start -->\n";
    Updates.check(
        METRICS,
        text.substring(0, text.indexOf(start) + start.length())
            + table
            + text.substring(text.indexOf("<!-- kafka: end -->")));
  }

  private static String said(String scrape, String what, String name, String family) {
    Matcher line =
        Pattern.compile("(?m)^# " + what + " (?:" + name + "|" + family + ") (.*)$")
            .matcher(scrape);
    assertThat(line.find()).as("%s of %s", what, name).isTrue();
    return line.group(1);
  }

  @Test
  void shouldHaveARunbookWhenAnAlertExists() throws IOException {
    // Given
    List<String> pages = new ArrayList<>();

    // When
    for (JsonNode rule : rules()) {
      String alert = rule.get("alert").asText();
      Path page = RUNBOOKS.resolve(alert + ".md");
      pages.add(page.getFileName().toString());

      // Then
      assertThat(rule.at("/annotations/runbook_url").asText())
          .isEqualTo("deploy/runbooks/" + alert + ".md");
      assertThat(Files.readString(page))
          .startsWith("# " + alert + "\n")
          .contains(rule.at("/annotations/summary").asText())
          .contains("Severity: " + rule.at("/labels/severity").asText())
          .contains("## What it means", "## Where to look", "## What to do");
      assertThat(rule.at("/annotations/description").asText()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    }
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(pages);
    }
  }

  @Test
  void shouldBeTestedBothWaysWhenAnAlertExists() throws IOException {
    // Given: how often each alert is expected to fire, and not to
    Map<String, Set<Boolean>> tested = new HashMap<>();
    for (JsonNode test :
        Manifests.yaml(Files.readString(DEPLOY.resolve("prometheus/vedette-test.yaml")))
            .get("tests")) {
      test.get("alert_rule_test")
          .forEach(
              t ->
                  tested
                      .computeIfAbsent(t.get("alertname").asText(), n -> new TreeSet<>())
                      .add(!t.get("exp_alerts").isEmpty()));
    }

    // When, then
    assertThat(tested).hasSize(rules().size());
    rules()
        .forEach(
            rule ->
                assertThat(tested.get(rule.get("alert").asText()))
                    .as("%s", rule.get("alert"))
                    .containsExactlyInAnyOrder(true, false));
  }

  @Test
  void shouldBeTheFileItselfWhenTheChartInstallsTheRules() throws IOException {
    // When
    JsonNode rule =
        Chart.render(Chart.CI.resolve("ha-values.yaml")).one("PrometheusRule").get("spec");

    // Then
    assertThat(rule)
        .isEqualTo(
            Manifests.yaml(
                Files.readString(RULES)
                    .replace(
                        "persistentvolumeclaim=~\"state-.*vedette.*\"",
                        "namespace=\"security\",persistentvolumeclaim=~\"state-rel-vedette-[0-9]+\"")));
    assertThat(
            Chart.render(Chart.CI.resolve("airgapped-values.yaml"))
                .one("PrometheusRule")
                .toString())
        .contains("\"https://wiki.internal/vedette/VedetteNotReady.md\"");
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldWatchTheVolumesOfTheReleaseWhenTheChartInstallsTheRules(Path values) {
    // Given
    Manifests manifests =
        Chart.render(
            values,
            Chart.OLDEST,
            Map.of("metrics.rules", "true", "metrics.runbookUrl", "https://wiki/"));
    String pods = manifests.one("StatefulSet").at("/metadata/name").asText();

    // When
    String expression =
        Manifests.stream(manifests.one("PrometheusRule").at("/spec/groups/0/rules"))
            .filter(r -> r.get("alert").asText().equals("VedetteVolumeFull"))
            .findFirst()
            .orElseThrow()
            .get("expr")
            .asText();
    List<String> volumes =
        Pattern.compile("persistentvolumeclaim=~\"([^\"]+)\"")
            .matcher(expression)
            .results()
            .map(m -> m.group(1))
            .toList();

    // Then
    assertThat(volumes)
        .hasSize(2)
        .allSatisfy(
            regex ->
                assertThat("state-" + pods + "-0")
                    .matches(regex)
                    .satisfies(name -> assertThat("state-other" + name).doesNotMatch(regex)));
    assertThat(expression).contains("{namespace=\"" + Chart.NAMESPACE + "\",");
  }

  static List<Path> ciValues() throws IOException {
    return Chart.ciValues();
  }

  @Test
  void shouldBeUsableWhenDashboardsAreImported() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      // When
      Set<Integer> ids = new TreeSet<>();
      dashboard.get("panels").forEach(p -> ids.add(p.get("id").asInt()));

      // Then
      assertThat(ids).hasSameSizeAs(dashboard.get("panels"));
      assertThat(dashboard.get("uid").asText()).startsWith("vedette-");
      assertThat(expressions(dashboard)).allMatch(e -> e.contains("job=~\"$job\""));
      Manifests.leaves(
          "",
          dashboard,
          (path, value) -> {
            if (path.endsWith("/datasource/uid")) {
              assertThat(value.asText()).isEqualTo("${datasource}");
            }
          });
    }
    assertThat(
            Chart.render(Chart.CI.resolve("ha-values.yaml")).all("ConfigMap").stream()
                .filter(m -> m.at("/metadata/labels/grafana_dashboard").asText().equals("1")))
        .hasSize(2);
  }

  private static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    try {
      Manifests.yaml(Files.readString(RULES))
          .get("groups")
          .forEach(g -> g.get("rules").forEach(rules::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(Manifests.yaml(Files.readString(file)));
      }
    }
    assertThat(dashboards).hasSize(2);
    return dashboards;
  }

  private static List<String> expressions(JsonNode dashboard) {
    List<String> expressions = new ArrayList<>();
    Manifests.leaves(
        "",
        dashboard.get("panels"),
        (path, value) -> {
          if (path.endsWith("/expr")) {
            expressions.add(value.asText());
          }
        });
    return expressions;
  }
}
