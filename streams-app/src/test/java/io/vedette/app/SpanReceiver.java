package io.vedette.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.shaded.com.google.protobuf.ByteString;
import org.apache.kafka.shaded.io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.KeyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.trace.v1.ResourceSpans;
import org.apache.kafka.shaded.io.opentelemetry.proto.trace.v1.Span;

/**
 * Takes in spans as a collector does, OTLP in protobuf over HTTP. Kafka's clients have the messages
 * in their jar, for metrics of their own.
 */
final class SpanReceiver implements AutoCloseable {

  private static final HexFormat HEX = HexFormat.of();

  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final Set<String> resource = new ConcurrentSkipListSet<>();
  private final List<String> otherPaths = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * A span.
   *
   * @param parent id of the span that it continues, empty for none
   * @param attributes names of its attributes
   * @param text all of it
   */
  record Received(
      String trace, String parent, String kind, String name, Set<String> attributes, String text) {}

  /** Listens on the loopback address. */
  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What came so far. */
  List<Received> spans() {
    return List.copyOf(spans);
  }

  /** Names of what was said of the process. */
  Set<String> resource() {
    return Set.copyOf(resource);
  }

  /** Where anything but spans was sent to. */
  List<String> otherPaths() {
    return List.copyOf(otherPaths);
  }

  private void receive(HttpExchange http) throws IOException {
    try (http) {
      if (http.getRequestURI().getPath().equals("/v1/traces")) {
        var request = ExportTraceServiceRequest.parseFrom(http.getRequestBody());
        for (ResourceSpans of : request.getResourceSpansList()) {
          of.getResource().getAttributesList().forEach(a -> resource.add(a.getKey()));
          of.getScopeSpansList().stream()
              .flatMap(scope -> scope.getSpansList().stream())
              .map(SpanReceiver::received)
              .forEach(spans::add);
        }
      } else {
        otherPaths.add(http.getRequestURI().getPath());
      }
      http.sendResponseHeaders(200, -1);
    }
  }

  private static Received received(Span span) {
    return new Received(
        hex(span.getTraceId()),
        hex(span.getParentSpanId()),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getName(),
        span.getAttributesList().stream().map(KeyValue::getKey).collect(Collectors.toSet()),
        span.toString());
  }

  private static String hex(ByteString bytes) {
    return HEX.formatHex(bytes.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
