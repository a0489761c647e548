package io.vedette.app;

import io.vedette.cluster.AclScript;
import io.vedette.cluster.AclScript.Right;
import io.vedette.cluster.SecureBroker;
import io.vedette.cluster.TokenIssuer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.stream.NewTopics;
import io.vedette.wire.WireSerdes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A broker that wants TLS and a login, with users who may do exactly what {@code
 * deploy/kafka/acls.sh} grants them, and a registry.
 */
final class SecureBed implements AutoCloseable {

  static final String SALT = "hushed-salt-of-cells";
  static final String REGISTRY_PASSWORD = "hushed-registry-login";

  /** Variables of the script for a service that uses all there is. */
  static final Map<String, String> EVERYTHING =
      Map.of("EXACTLY_ONCE", "yes", "VIEWS", "ecs cef", "ACTIONS", "yes");

  private static final String[] OUTLETS = {
    "VEDETTE_KAFKA_GUARANTEE", "exactly_once_v2",
    "VEDETTE_SIEM_ECS", "true",
    "VEDETTE_SIEM_CEF", "true",
    "VEDETTE_ACTIONS_DETECTORS", "extraction"
  };

  private final Path dir;
  private final SecureBroker broker;
  private final EmbeddedRegistry registry;

  /**
   * Starts it.
   *
   * @param services variables of the script by application id, which is the user as well
   * @param others users who are granted nothing yet
   */
  SecureBed(Path dir, Map<String, Map<String, String>> services, List<String> others)
      throws Exception {
    this(dir, services, others, List.of(), null);
  }

  /**
   * Starts it.
   *
   * @param certified users that have a certificate as well
   * @param tokens whose tokens the broker believes, if any
   */
  SecureBed(
      Path dir,
      Map<String, Map<String, String>> services,
      List<String> others,
      List<String> certified,
      @Nullable TokenIssuer tokens)
      throws Exception {
    this.dir = dir;
    List<String> users = new ArrayList<>(services.keySet());
    users.addAll(others);
    broker = new SecureBroker(dir.resolve("broker"), users, certified, tokens);
    registry = EmbeddedRegistry.inMemory(0, Set.of());
    for (Map.Entry<String, Map<String, String>> service : services.entrySet()) {
      broker.allow(service.getKey(), rights(service.getKey(), service.getValue()));
    }
    List<NewTopic> topics = new ArrayList<>();
    for (String name : Settings.defaultTopics().byRole().values()) {
      topics.add(new NewTopic(name, 2, (short) 1));
    }
    NewTopics.create(broker.admin(), topics);
  }

  /** Its settings. */
  static String[] allOutlets() {
    return OUTLETS.clone();
  }

  SecureBroker broker() {
    return broker;
  }

  String registryUrl() {
    return registry.url();
  }

  /** What the script grants a service with some variables. */
  List<Right> rights(String application, Map<String, String> variables) throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("APPLICATION_ID", application);
    return AclScript.rights(dir, "service", all);
  }

  /** Grants a user a role of the script. */
  void grant(String user, String role, Map<String, String> variables) throws Exception {
    broker.allow(user, AclScript.rights(dir, role, variables));
  }

  Settings settings(String user, String... more) throws SettingsException {
    return SettingsLoader.load(null, environment(user, more));
  }

  Map<String, String> environment(String user, String... more) {
    Map<String, String> environment = new HashMap<>(SecureBroker.environment(broker.client(user)));
    environment.put("VEDETTE_KAFKA_BOOTSTRAPSERVERS", broker.address());
    environment.put("VEDETTE_KAFKA_APPLICATIONID", user);
    environment.put("VEDETTE_KAFKA_STATEDIR", dir.resolve("state-" + user).toString());
    environment.put("VEDETTE_REGISTRY_URL", registry.url());
    environment.put(
        "VEDETTE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO", user + ':' + REGISTRY_PASSWORD);
    environment.put("VEDETTE_CELLS_PARTITIONS", "2");
    environment.put("VEDETTE_CELLS_SALT", SALT);
    environment.put("VEDETTE_HTTP_PORT", "0");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  /** Writes what comes after the learning part of a scenario, as callers of a tenant. */
  void produce(Scenario scenario, Settings gateway, String tenant) throws Exception {
    Map<String, Object> config = new HashMap<>(gateway.kafka().properties());
    config.put("bootstrap.servers", gateway.kafka().bootstrapServers());
    String topic = gateway.topics().exchanges();
    try (WireSerdes wire = new WireSerdes(new Wiring(gateway).wireSettings());
        var producer =
            new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (Exchange exchange : scenario) {
        if (exchange.timeMicros() >= Wiring.micros(scenario.learnUntil())) {
          Exchange theirs = exchange.by(new CallerId(tenant, exchange.caller().principal()));
          byte[] value = wire.exchanges().serializer().serialize(topic, theirs);
          producer.send(new ProducerRecord<>(topic, theirs.caller().key(), value));
        }
      }
    }
  }

  /** Which of some topics have records. */
  Set<String> written(Collection<String> names) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (String name : names) {
      partitions.put(new TopicPartition(name, 0), OffsetSpec.latest());
      partitions.put(new TopicPartition(name, 1), OffsetSpec.latest());
    }
    Set<String> written = new TreeSet<>();
    broker
        .admin()
        .listOffsets(partitions)
        .all()
        .get()
        .forEach(
            (partition, end) -> {
              if (end.offset() > 0) {
                written.add(partition.topic());
              }
            });
    return written;
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
