package io.vedette.app;

import io.vedette.core.Incident;
import io.vedette.edge.siem.JsonLines;
import io.vedette.wire.WireSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a run over {@link Attacks} reported, in a form in which two runs can be compared.
 *
 * <p>Findings of the cell stage reach the incident book on another way than those of the caller
 * stage, and at another time in every run. So of the one attacker who is found by both, only the
 * incident is compared, not what each of its activities says.
 *
 * @param incidents activities by incident id, in order, as JSON lines
 */
record Outcome(Map<String, List<String>> incidents) {

  private static final String ROWS = "\"exchanges\":";
  private static final String OF_MODEL = "\"detectors\":[\"drift\"]";

  /** The sources of an application are committed up to their ends. */
  static boolean isWorkedOff(Settings settings) throws Exception {
    String app = settings.kafka().applicationId();
    List<String> sources =
        List.of(
            settings.topics().requests(),
            settings.topics().responses(),
            settings.topics().exchanges(),
            settings.topics().findings(),
            app + "-cells-repartition",
            app + "-updates-repartition");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", settings.kafka().bootstrapServers()))) {
      if (!admin.listTopics().names().get().containsAll(sources)) {
        return false;
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(app).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (var topic : admin.describeTopics(sources).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                p ->
                    wanted.put(
                        new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
      }
      return admin.listOffsets(wanted).all().get().entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata at = committed.get(end.getKey());
                // The marker of the last transaction is never read, so one less is the end too.
                return end.getValue().offset() == 0
                    || (at != null && at.offset() >= end.getValue().offset() - 1);
              });
    }
  }

  /** Reads the incident topic to its end. */
  static Outcome of(Settings settings) {
    Map<String, List<String>> incidents = new TreeMap<>();
    JsonLines lines = new JsonLines();
    String topic = settings.topics().incidents();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            settings.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        var consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          Incident incident = wire.incidents().deserializer().deserialize(topic, record.value());
          incidents
              .computeIfAbsent(record.key(), key -> new ArrayList<>())
              .add(lines.incident(incident));
        }
      }
    }
    return new Outcome(incidents);
  }

  /**
   * Without the incident of the new accounts together: their rows meet from several partitions, in
   * another order in every run.
   */
  Outcome ofOneAccount() {
    return without(" accounts on ");
  }

  /** Incidents that rest on findings of the caller stage alone. */
  Map<String, List<String>> ofCallerStage() {
    return without(Attacks.FOUND_TWICE.id()).without(OF_MODEL).incidents();
  }

  /** Incidents of drift. */
  Map<String, List<String>> ofModelStage() {
    Map<String, List<String>> drifts = new TreeMap<>(incidents);
    drifts.values().removeIf(lines -> !lines.get(0).contains(OF_MODEL));
    return drifts;
  }

  /** Rows that the first activity on drift speaks of. */
  int drifted() {
    String told = ofModelStage().values().iterator().next().get(0);
    int at = told.indexOf(ROWS) + ROWS.length();
    return Integer.parseInt(told.substring(at, told.indexOf(',', at)));
  }

  private Outcome without(String text) {
    Map<String, List<String>> rest = new TreeMap<>(incidents);
    rest.values().removeIf(lines -> lines.get(0).contains(text));
    return new Outcome(rest);
  }

  /** With another name for the topic that the samples point to. */
  Outcome renamed(String topic, String to) {
    Map<String, List<String>> other = new TreeMap<>(incidents);
    other.replaceAll((id, lines) -> lines.stream().map(line -> line.replace(topic, to)).toList());
    return new Outcome(other);
  }

  /** Each activity once. */
  Outcome distinct() {
    Map<String, List<String>> once = new TreeMap<>(incidents);
    once.replaceAll((id, activities) -> List.copyOf(new LinkedHashSet<>(activities)));
    return new Outcome(once);
  }

  /** Incidents of the caller stage that another run did not report in the same words. */
  List<String> differing(Outcome other) {
    Map<String, List<String>> theirs = other.ofCallerStage();
    return ofCallerStage().entrySet().stream()
        .filter(e -> !e.getValue().equals(theirs.get(e.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Different openings by incident. */
  Map<String, Long> creations() {
    Map<String, Long> creations = new TreeMap<>();
    distinct()
        .incidents()
        .forEach(
            (id, lines) ->
                creations.put(
                    id, lines.stream().filter(l -> l.contains("\"activity\":\"CREATE\"")).count()));
    return creations;
  }

  /** Activities in all. */
  int activities() {
    return incidents.values().stream().mapToInt(List::size).sum();
  }
}
