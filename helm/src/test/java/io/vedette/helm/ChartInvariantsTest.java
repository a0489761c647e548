package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.app.AppFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every rendering, whatever the values. */
class ChartInvariantsTest {

  private static final Pattern SECRET =
      Pattern.compile("(?i)(password|secret|token|user\\.info|jaas|salt|keystore\\.key)$");

  static List<Path> ciValues() throws IOException {
    return Chart.ciValues();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldHaveOnlyKnownFieldsWhenReadStrictly(Path values) {
    for (String version : List.of(Chart.OLDEST, Chart.NEWEST)) {
      // When
      var model = new StrictModel(Chart.render(values, version, Map.of()).text());

      // Then
      assertThat(model.unknown()).isEmpty();
      assertThat(model.untyped()).isSubsetOf(CustomResources.BY_SCHEMA);
    }
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldFindThePodsWhenSelectorsAreMatched(Path values) {
    // Given
    Manifests manifests = Chart.render(values);
    JsonNode pod = manifests.one("StatefulSet").at("/spec/template/metadata/labels");
    JsonNode test = manifests.one("Pod").at("/metadata/labels");

    // When
    List<JsonNode> selectors = new ArrayList<>();
    manifests.all("Service").forEach(s -> selectors.add(s.at("/spec/selector")));
    selectors.add(manifests.one("StatefulSet").at("/spec/selector/matchLabels"));
    manifests
        .all("PodDisruptionBudget")
        .forEach(p -> selectors.add(p.at("/spec/selector/matchLabels")));
    manifests
        .all("NetworkPolicy")
        .forEach(p -> selectors.add(p.at("/spec/podSelector/matchLabels")));
    manifests.all("PodMonitor").forEach(p -> selectors.add(p.at("/spec/selector/matchLabels")));
    manifests
        .podSpec()
        .path("topologySpreadConstraints")
        .forEach(t -> selectors.add(t.at("/labelSelector/matchLabels")));

    // Then: they find the pods of the service and not the test's
    assertThat(selectors).hasSizeGreaterThanOrEqualTo(4);
    for (JsonNode selector : selectors) {
      assertThat(pod.properties()).containsAll(selector.properties());
      assertThat(test.properties().containsAll(selector.properties())).isFalse();
    }
    for (JsonNode monitor : manifests.all("ServiceMonitor")) {
      var wanted = monitor.at("/spec/selector/matchLabels").properties();
      assertThat(manifests.all("Service"))
          .filteredOn(s -> s.at("/metadata/labels").properties().containsAll(wanted))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldBeRestrictedWhenPodsAreLookedAt(Path values) {
    // Given
    Manifests manifests = Chart.render(values);

    for (JsonNode pod : List.of(manifests.podSpec(), manifests.one("Pod").get("spec"))) {
      // When
      List<JsonNode> containers = new ArrayList<>();
      pod.get("containers").forEach(containers::add);
      pod.path("initContainers").forEach(containers::add);

      // Then
      assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/runAsUser").asInt(10001)).isEqualTo(10001);
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.get("containers")).hasSize(1);
      assertThat(pod.has("hostNetwork") || pod.has("hostPID")).isFalse();
      containers.forEach(ChartInvariantsTest::assertRestricted);
      for (JsonNode volume : pod.get("volumes")) {
        assertThat(volume.has("hostPath")).isFalse();
      }
    }
    manifests
        .all("ServiceAccount")
        .forEach(a -> assertThat(a.get("automountServiceAccountToken").asBoolean(true)).isFalse());
    assertThat(manifests.all("Secret")).isEmpty();
    assertThat(manifests.all("Role")).isEmpty();
  }

  private static void assertRestricted(JsonNode container) {
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/capabilities/drop").toString())
        .isEqualTo("[\"ALL\"]");
    assertThat(container.at("/resources/limits/memory"))
        .isEqualTo(container.at("/resources/requests/memory"));
    assertThat(container.at("/resources/requests/cpu").isMissingNode()).isFalse();
    assertThat(container.get("image").asText()).doesNotEndWith(":latest").matches(".+[:@].+");
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldAskTheServicesPagesWhenProbed(Path values) throws Exception {
    // Given
    Manifests manifests = Chart.render(values);
    JsonNode container = manifests.container();
    JsonNode http = Manifests.yaml(manifests.settings()).get("http");

    // When
    JsonNode startup = container.get("startupProbe");

    // Then
    assertThat(startup.at("/httpGet/path").asText()).isEqualTo("/health/started");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    assertThat(startup.get("periodSeconds").asInt() * startup.get("failureThreshold").asInt())
        .isGreaterThanOrEqualTo(600);
    for (JsonNode port : container.get("ports")) {
      String setting = port.get("name").asText().equals("http") ? "port" : "managementPort";
      assertThat(port.get("containerPort").asText()).isEqualTo(http.get(setting).asText());
    }
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("management");
      assertThat(container.at("/" + probe + "/httpGet/scheme").asText())
          .isEqualTo(http.at("/tls/keyFile").isMissingNode() ? "HTTP" : "HTTPS");
    }
    assertThat(container.get("args").toString())
        .isEqualTo("[\"run\",\"--config\",\"/etc/vedette/config/vedette.yaml\"]");
    JsonNode test = manifests.one("Pod").at("/spec/containers/0/args");
    assertThat(test.get(0).asText()).isEqualTo("check");
    assertThat(AppFacts.run("check", "--help")).contains("--url", "--timeout", "--trust");
    assertThat(test.get(2).asText())
        .startsWith(http.at("/tls/keyFile").isMissingNode() ? "http://" : "https://");
    for (JsonNode endpoint : endpoints(manifests)) {
      assertThat(endpoint.path("scheme").asText("http"))
          .isEqualTo(http.at("/tls/keyFile").isMissingNode() ? "http" : "https");
      assertThat(endpoint.has("authorization")).isEqualTo(http.at("/auth/metrics").asBoolean());
    }
  }

  private static List<JsonNode> endpoints(Manifests manifests) {
    List<JsonNode> endpoints = new ArrayList<>();
    manifests.all("ServiceMonitor").forEach(m -> m.at("/spec/endpoints").forEach(endpoints::add));
    manifests
        .all("PodMonitor")
        .forEach(m -> m.at("/spec/podMetricsEndpoints").forEach(endpoints::add));
    return endpoints;
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldResolveWhenReferencesAreFollowed(Path values) {
    // Given
    Manifests manifests = Chart.render(values);
    JsonNode pod = manifests.podSpec();
    Set<String> names = new HashSet<>();
    manifests
        .all()
        .forEach(d -> names.add(d.get("kind").asText() + '/' + d.at("/metadata/name").asText()));

    // When
    Set<String> volumes = new TreeSet<>();
    pod.get("volumes").forEach(v -> volumes.add(v.get("name").asText()));
    manifests
        .one("StatefulSet")
        .at("/spec/volumeClaimTemplates")
        .forEach(v -> volumes.add(v.at("/metadata/name").asText()));
    Set<String> mounts = new TreeSet<>();
    manifests.container().get("volumeMounts").forEach(m -> mounts.add(m.get("name").asText()));

    // Then
    assertThat(mounts).isEqualTo(volumes);
    assertThat(names).doesNotHaveDuplicates().hasSameSizeAs(manifests.all());
    for (JsonNode volume : pod.get("volumes")) {
      if (volume.has("configMap")) {
        assertThat(names).contains("ConfigMap/" + volume.at("/configMap/name").asText());
      }
    }
    assertThat(names)
        .contains("Service/" + manifests.one("StatefulSet").at("/spec/serviceName").asText());
    manifests
        .all("ScaledObject")
        .forEach(
            s -> {
              assertThat(names)
                  .contains("StatefulSet/" + s.at("/spec/scaleTargetRef/name").asText());
              s.at("/spec/triggers")
                  .forEach(
                      t -> {
                        t.get("metadata")
                            .forEach(m -> assertThat(m.isTextual()).as("%s", m).isTrue());
                        if (t.has("authenticationRef")) {
                          assertThat(names)
                              .contains(
                                  "TriggerAuthentication/"
                                      + t.at("/authenticationRef/name").asText());
                        }
                      });
            });
    boolean scaled =
        !manifests.all("ScaledObject").isEmpty()
            || !manifests.all("HorizontalPodAutoscaler").isEmpty();
    assertThat(manifests.one("StatefulSet").at("/spec/replicas").isMissingNode()).isEqualTo(scaled);
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldHoldNoSecretWhenConfigMapsAreRead(Path values) {
    // Given
    JsonNode settings = Manifests.yaml(Chart.render(values).settings());

    // When, then
    Manifests.leaves(
        "",
        settings,
        (path, value) -> {
          if (SECRET.matcher(path).find() || path.endsWith("sasl.jaas.config")) {
            String text = value.asText().replaceAll("(username|password)=\"\\$\\{dir:[^}]+}\"", "");
            assertThat(text)
                .as(path)
                .matches("(\\$\\{dir:[^}]+})|(org\\.apache\\.kafka\\.[A-Za-z.]+ required\\s*;)");
          }
        });
    assertThat(settings.path("cells").has("salt")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ciValues")
  void shouldOutliveTheCloseWhenPodsAreStopped(Path values) {
    // Given
    Manifests manifests = Chart.render(values);

    // When
    int grace = manifests.podSpec().get("terminationGracePeriodSeconds").asInt();

    // Then: the service closes in at most 20 s, its reader in 5
    assertThat(grace).isGreaterThanOrEqualTo(30);
    JsonNode session =
        Manifests.yaml(manifests.settings())
            .at("/kafka/properties")
            .get("main.consumer.session.timeout.ms");
    if (session != null) {
      assertThat(session.asInt()).isGreaterThan(grace * 1000);
    }
    assertThat(manifests.one("StatefulSet").at("/spec/podManagementPolicy").asText())
        .isEqualTo("Parallel");
  }
}
