package io.vedette.app;

import io.vedette.edge.forward.Backoff;
import io.vedette.edge.forward.Forwarder;
import io.vedette.edge.forward.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends rendered incidents to a receiver outside Kafka. */
@Command(
    name = "forward",
    description =
        "Sends incidents to syslog (RFC 5424 over TCP or TLS) or HTTP (Splunk HEC, webhook), at least"
            + " once. Secrets come from the environment: VEDETTE_FORWARD_TOKEN,"
            + " VEDETTE_FORWARD_KEY_PASSWORD.")
final class ForwardCommand implements Callable<Integer> {

  private static final int STOP_SECONDS = 30;
  private static final List<String> VIEWS = List.of("ocsf", "ecs", "cef");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ForwardTarget target = new ForwardTarget();

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      description = "ocsf, ecs or cef; default cef for syslog, ocsf for http")
  private @Nullable String view;

  @Option(
      names = "--group",
      paramLabel = "ID",
      description = "consumer group; one per receiver. Default <applicationId>-forward-<to>")
  private @Nullable String group;

  @Option(
      names = "--start",
      defaultValue = "earliest",
      paramLabel = "WHERE",
      description = "where a new group starts: earliest or latest")
  private String start = "earliest";

  @Option(
      names = "--max-refusals",
      defaultValue = "3",
      paramLabel = "N",
      description = "times a refused message is tried before it goes to the dead letters")
  private int refusals = 3;

  @Option(
      names = "--dead-letters",
      paramLabel = "TOPIC",
      description = "default topics.deadLetters")
  private @Nullable String deadLetters;

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws SettingsException, IOException, InterruptedException {
    if (!start.equals("earliest") && !start.equals("latest")) {
      throw wrong("--start must be earliest or latest, was " + start);
    }
    if (refusals < 1 || refusals > 100) {
      throw wrong("--max-refusals must be from 1 to 100, was " + refusals);
    }
    String chosen = view == null ? target.usualView() : view;
    if (!VIEWS.contains(chosen)) {
      throw wrong("--view must be ocsf, ecs or cef, was " + chosen);
    }
    try (Receiver receiver = target.receiver(spec, chosen, System.getenv())) {
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.keySet().removeIf(name -> name.startsWith("VEDETTE_FORWARD_")); // no settings
      Settings settings = SettingsLoader.load(config, environment);
      LogSetup.apply(settings.log());
      String letters = deadLetters == null ? settings.topics().deadLetters() : deadLetters;
      String topic = Objects.requireNonNull(settings.topics().byRole().get(chosen), chosen);
      forward(settings, topic, letters, receiver);
    }
    return 0;
  }

  private void forward(Settings settings, String topic, String letters, Receiver receiver)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                clients(settings), new ByteArraySerializer(), new ByteArraySerializer())) {
      ForwardSource source = new ForwardSource(consumer, producer, topic, letters);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(source, ended), "shutdown"));
      LoggerFactory.getLogger(ForwardCommand.class)
          .info("forwarding {} to {}", topic, target.shown());
      new Forwarder(source, receiver, Backoff.DEFAULT, refusals, new SplittableRandom()).run();
    } finally {
      ended.countDown();
    }
  }

  private static void stop(ForwardSource source, CountDownLatch ended) {
    source.stop();
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LoggerFactory.getLogger(ForwardCommand.class)
            .warn("delivery in hand did not end in {} s; it is repeated", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> clients(Settings settings) {
    Map<String, Object> clients = new HashMap<>(settings.kafka().properties());
    clients.put("bootstrap.servers", settings.kafka().bootstrapServers());
    return clients;
  }

  private Map<String, Object> consumer(Settings settings) {
    Map<String, Object> consumer = clients(settings);
    consumer.put(
        "group.id",
        group == null ? settings.kafka().applicationId() + "-forward-" + target.to() : group);
    consumer.put("enable.auto.commit", false);
    consumer.put("auto.offset.reset", start);
    consumer.put("isolation.level", "read_committed");
    consumer.putIfAbsent("max.poll.records", 500);
    return consumer;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
