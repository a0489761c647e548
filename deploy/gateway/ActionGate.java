import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.core.Action;
import io.vedette.stream.Outages;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * An example of a consumer of recommended actions: answers Envoy's external authorization (HTTP) by
 * the last advice on the caller. It fails open: without advice every call passes.
 */
public final class ActionGate {

  private static final long THROTTLED_NANOS = 1_000_000_000L; // one call a second
  private static final long REGISTRY_MILLIS = 1000; // between two tries
  private static final int MOST = 1_000_000; // callers; the topic is compacted

  private final Map<String, Action> advice = new ConcurrentHashMap<>();
  private final Map<String, Long> lastCall = new ConcurrentHashMap<>();

  public static void main(String[] args) throws IOException, InterruptedException {
    ActionGate gate = new ActionGate();
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9191"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", gate::answer);
    server.start();
    gate.follow(System.getenv());
  }

  /** Reads the topic from its start, and goes on reading. */
  private void follow(Map<String, String> environment) throws InterruptedException {
    String topic = environment.getOrDefault("TOPIC", "vedette.actions");
    Properties kafka = new Properties();
    kafka.put("bootstrap.servers", environment.getOrDefault("BOOTSTRAP", "localhost:9092"));
    kafka.put("isolation.level", "read_committed");
    String registry = environment.getOrDefault("REGISTRY", "http://localhost:8081");
    try (WireSerdes serdes = new WireSerdes(Map.of("schema.registry.url", registry));
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
      Deserializer<Action> reader = serdes.actions().deserializer();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          take(record, reader);
        }
      }
    }
  }

  /** A record that cannot be read changes nothing; a registry that is away is waited for. */
  private void take(ConsumerRecord<String, byte[]> record, Deserializer<Action> reader)
      throws InterruptedException {
    while (true) {
      try {
        keep(record.key(), reader.deserialize(record.topic(), record.value()));
        return;
      } catch (SerializationException e) {
        if (!Outages.registry(e)) {
          System.err.printf(
              "%s-%d at %d cannot be read%n",
              record.topic(), record.partition(), record.offset());
          return;
        }
        Thread.sleep(REGISTRY_MILLIS);
      }
    }
  }

  private void keep(String key, Action action) {
    if (action == null) {
      advice.remove(key); // a tombstone lifts it
      lastCall.remove(key);
    } else if (advice.size() < MOST || advice.containsKey(key)) {
      advice.put(key, action);
    }
  }

  private void answer(HttpExchange call) throws IOException {
    String tenant = header(call, "x-tenant");
    String key = tenant + '|' + header(call, "x-principal");
    Action action = advice.get(key);
    long nowMicros = System.currentTimeMillis() * 1000;
    boolean applies =
        action != null
            && action.untilMicros() > nowMicros
            && (action.model() == null || action.model().equals(header(call, "x-model")));
    int status = applies ? status(key, action.kind()) : 200;
    if (applies && status == 200) { // Envoy hands what a refusal says on to the caller
      call.getResponseHeaders().set("x-vedette-action", action.kind().name());
      call.getResponseHeaders().set("x-vedette-incident", action.incidentId());
    }
    call.sendResponseHeaders(status, -1);
    call.close();
  }

  private int status(String key, Action.Kind kind) {
    return switch (kind) {
      case DENY -> 403;
      case CHALLENGE -> 401;
      case THROTTLE -> {
        long now = System.nanoTime();
        Long before = lastCall.get(key);
        boolean tooSoon = before != null && now - before < THROTTLED_NANOS;
        if (!tooSoon) {
          lastCall.put(key, now);
        }
        yield tooSoon ? 429 : 200;
      }
      case LABEL_ONLY, OBSERVE -> 200; // the header tells the model server
    };
  }

  private static String header(HttpExchange call, String name) {
    String value = call.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
