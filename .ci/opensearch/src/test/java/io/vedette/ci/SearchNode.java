package io.vedette.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.transport.Netty4Plugin;

/** One OpenSearch on loopback, spoken to over HTTP as SIEMs do. */
final class SearchNode implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Node node;
  private final URI address;

  private SearchNode(Node node) {
    this.node = node;
    var bound = node.injector().getInstance(HttpServerTransport.class).boundAddress();
    this.address = URI.create("http://127.0.0.1:" + bound.publishAddress().getPort());
  }

  /** Starts a node that keeps its data under a directory. */
  static SearchNode start(Path home) throws NodeValidationException {
    Settings settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("node.name", "check")
            .put("cluster.name", "check")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .build();
    Node node =
        new Node(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "check"),
            List.of(Netty4Plugin.class),
            false) {};
    node.start();
    return new SearchNode(node);
  }

  /** Sends a request; fails unless the answer is 200 or 201. */
  JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header(
                "Content-Type",
                path.contains("_bulk") ? "application/x-ndjson" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() > 201) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    node.close();
  }
}
