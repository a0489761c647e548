package io.vedette.edge.forward;

import static io.vedette.edge.forward.Messages.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReceiverTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Message OCSF =
      new Message("inc-1:0", "{\"class_uid\":2005}", "low", "acme", "", Messages.TIME);

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String retryAfter = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private Receiver receiver(HttpBody body) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/collector");
    return new HttpReceiver(address, body, Map.of("Authorization", "Splunk t0ken"), null, TIMEOUT);
  }

  @Test
  void shouldSendEnvelopesWhenReceiverIsSplunk() throws Exception {
    // Given
    List<Message> messages = new ArrayList<>(some(2));
    messages.add(OCSF);

    // When
    receiver(HttpBody.splunk("ml_security", "vedette:incident:ocsf", "topic")).deliver(messages);

    // Then
    List<JsonNode> events = new ArrayList<>();
    try (MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(bodies.get(0))) {
      all.forEachRemaining(events::add);
    }
    assertThat(events).hasSize(3);
    JsonNode event = events.get(2);
    assertThat(event.at("/time").asDouble()).isEqualTo(1772355900.125);
    assertThat(event.at("/index").asText()).isEqualTo("ml_security");
    assertThat(event.at("/event/class_uid").asInt()).isEqualTo(2005);
    assertThat(event.at("/fields/vedette_id").asText()).isEqualTo("inc-1:0");
    assertThat(event.get("fields")).allMatch(JsonNode::isTextual);
    assertThat(events.get(0).at("/event").asText()).isEqualTo("CEF:0|line 0");
    assertThat(headers.get(0).get("Authorization")).containsExactly("Splunk t0ken");
  }

  @Test
  void shouldSendTheTextAndItsIdWhenReceiverIsAWebhook() throws Exception {
    // When
    receiver(HttpBody.webhook("application/json")).deliver(List.of(OCSF));

    // Then
    assertThat(bodies).containsExactly(OCSF.text());
    assertThat(headers.get(0).get("Idempotency-key")).containsExactly("inc-1:0");
    assertThat(headers.get(0).get("Content-type")).containsExactly("application/json");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void shouldRefuseWhenTheMessageIsAtFault(int code) {
    status = code;
    assertThatThrownBy(() -> receiver(HttpBody.webhook("text/plain")).deliver(some(1)))
        .isInstanceOf(RejectedException.class)
        .hasMessage("HTTP " + code);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 404, 408, 429, 500, 503})
  void shouldTryAgainWhenTheReceiverIsAtFault(int code) {
    status = code;
    assertThatThrownBy(() -> receiver(HttpBody.webhook("text/plain")).deliver(some(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("HTTP " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "999999"})
  void shouldSayHowLongToWaitWhenReceiverAsks(String seconds) {
    status = 503;
    retryAfter = seconds;
    assertThatThrownBy(() -> receiver(HttpBody.webhook("text/plain")).deliver(some(1)))
        .isInstanceOfSatisfying(
            BusyException.class,
            e ->
                assertThat(e.pause())
                    .isEqualTo(Duration.ofSeconds(Math.min(300, Long.parseLong(seconds)))));
  }

  @Test
  void shouldFailWhenNobodyListens() {
    Receiver receiver = receiver(HttpBody.webhook("text/plain"));
    server.stop(0);
    assertThatThrownBy(() -> receiver.deliver(some(1))).isInstanceOf(IOException.class);
  }
}
