package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs the chart on a mock API server. Helm keeps the release in memory ({@code HELM_DRIVER},
 * set in the pom): with a release in a secret, the mock would never answer.
 */
class ChartInstallTest {

  private record Kind(String kind, String plural) {}

  private static final Map<String, List<Kind>> APIS =
      Map.of(
          "v1",
          List.of(
              new Kind("ConfigMap", "configmaps"),
              new Kind("Service", "services"),
              new Kind("ServiceAccount", "serviceaccounts"),
              new Kind("Pod", "pods")),
          "apps/v1",
          List.of(new Kind("StatefulSet", "statefulsets")),
          "policy/v1",
          List.of(new Kind("PodDisruptionBudget", "poddisruptionbudgets")),
          "autoscaling/v2",
          List.of(new Kind("HorizontalPodAutoscaler", "horizontalpodautoscalers")),
          "networking.k8s.io/v1",
          List.of(new Kind("NetworkPolicy", "networkpolicies")),
          "monitoring.coreos.com/v1",
          List.of(
              new Kind("ServiceMonitor", "servicemonitors"),
              new Kind("PrometheusRule", "prometheusrules")));

  @TempDir private Path directory;

  private final Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          responses,
          new KubernetesMixedDispatcher(responses),
          false);

  @BeforeEach
  void serve() {
    server.init();
    answer("/version", Map.of("major", "1", "minor", "31", "gitVersion", "v1.31.0"));
    answer("/api", Map.of("kind", "APIVersions", "versions", List.of("v1")));
    List<Map<String, Object>> groups = new ArrayList<>();
    APIS.forEach(
        (groupVersion, kinds) -> {
          if (groupVersion.contains("/")) {
            String[] parts = groupVersion.split("/");
            Map<String, String> version = Map.of("groupVersion", groupVersion, "version", parts[1]);
            groups.add(
                Map.of(
                    "name", parts[0], "versions", List.of(version), "preferredVersion", version));
          }
          List<APIResource> resources = kinds.stream().map(ChartInstallTest::resource).toList();
          answer(
              groupVersion.contains("/") ? "/apis/" + groupVersion : "/api/" + groupVersion,
              new APIResourceListBuilder()
                  .withGroupVersion(groupVersion)
                  .withResources(resources)
                  .build());
        });
    answer("/apis", Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups));
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  @Test
  void shouldCreateEveryObjectWhenInstalled() throws Exception {
    // Given
    Path values = Chart.CI.resolve("ha-values.yaml");
    Manifests manifests = Chart.render(values);
    try (KubernetesClient client = server.createClient()) {
      Path config = kubeConfig(client.getMasterUrl().toString());

      // When
      Release release =
          Chart.helm()
              .install()
              .withName(Chart.RELEASE)
              .withNamespace(Chart.NAMESPACE)
              .withKubeConfig(config)
              .withValuesFile(values)
              .disableOpenApiValidation()
              .call();

      // Then
      assertThat(release.getStatus()).isEqualTo("deployed");
      assertThat(release.getOutput()).contains("helm -n security test rel");
      int objects = 0;
      for (var document : manifests.all()) {
        if (document.at("/metadata/annotations").has("helm.sh/hook-delete-policy")) {
          continue; // made by helm test
        }
        assertThat(
                client
                    .genericKubernetesResources(
                        document.get("apiVersion").asText(), document.get("kind").asText())
                    .inNamespace(Chart.NAMESPACE)
                    .withName(document.at("/metadata/name").asText())
                    .get())
            .as("%s", document.at("/metadata/name"))
            .isNotNull();
        objects++;
      }
      assertThat(objects).isGreaterThanOrEqualTo(9);
    }
  }

  private Path kubeConfig(String url) throws Exception {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters:
          - name: mock
            cluster: {server: "%s"}
        contexts:
          - name: mock
            context: {cluster: mock, user: mock}
        users:
          - name: mock
            user: {}
        current-context: mock
        """
            .formatted(url));
  }

  private void answer(String path, Object body) {
    server.expect().get().withPath(path).andReturn(200, body).always();
    server.expect().get().withPath(path + "?timeout=32s").andReturn(200, body).always();
  }

  private static APIResource resource(Kind kind) {
    return new APIResourceBuilder()
        .withKind(kind.kind())
        .withName(kind.plural())
        .withSingularName(kind.kind().toLowerCase(java.util.Locale.ROOT))
        .withNamespaced(true)
        .withVerbs("create", "delete", "get", "list", "patch", "update", "watch")
        .build();
  }
}
