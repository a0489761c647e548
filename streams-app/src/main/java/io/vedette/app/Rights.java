package io.vedette.app;

import io.vedette.stream.Counters;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * What the service must be allowed on the topics of the contract: what its topology does, and what
 * it does beside it.
 *
 * @param topics operations by topic name, in the order of the contract
 */
record Rights(Map<String, Set<AclOperation>> topics) {

  /** On changelogs and repartition topics; Delete purges the latter. */
  static final Set<AclOperation> INTERNAL =
      EnumSet.of(
          AclOperation.DESCRIBE,
          AclOperation.DESCRIBE_CONFIGS,
          AclOperation.READ,
          AclOperation.WRITE,
          AclOperation.DELETE);

  /** The rights under some settings. */
  static Rights of(Settings settings) {
    Wiring wiring = new Wiring(settings);
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry())) {
      return of(
          settings,
          new VedetteTopology(
                  wiring.topics(),
                  Wiring.serdes(wire),
                  wiring.engines(),
                  wiring.stages(),
                  new Counters(),
                  wiring.outlets())
              .build()
              .describe());
    }
  }

  private static Rights of(Settings settings, TopologyDescription topology) {
    Map<String, Set<AclOperation>> topics = new LinkedHashMap<>();
    for (String name : settings.topics().byRole().values()) {
      // At its start the service looks whether all topics of the contract exist.
      topics.put(name, EnumSet.of(AclOperation.DESCRIBE));
    }
    for (Subtopology part : topology.subtopologies()) {
      part.nodes().forEach(node -> add(topics, node));
    }
    for (GlobalStore store : topology.globalStores()) {
      add(topics, store.source());
    }
    // The console shows incidents and findings, and takes and shows verdicts.
    add(topics, settings.topics().incidents(), AclOperation.READ);
    add(topics, settings.topics().findings(), AclOperation.READ);
    add(topics, settings.topics().verdicts(), AclOperation.READ);
    add(topics, settings.topics().verdicts(), AclOperation.WRITE);
    add(topics, settings.topics().deadLetters(), AclOperation.WRITE); // by the error handlers
    return new Rights(topics);
  }

  private static void add(Map<String, Set<AclOperation>> topics, Node node) {
    if (node instanceof Source source && source.topicSet() != null) {
      source.topicSet().forEach(name -> add(topics, name, AclOperation.READ));
    } else if (node instanceof Sink sink && sink.topic() != null) {
      add(topics, sink.topic(), AclOperation.WRITE);
    }
  }

  /** Internal topics are not of the contract and have a rule of their own. */
  private static void add(
      Map<String, Set<AclOperation>> topics, String name, AclOperation operation) {
    Set<AclOperation> operations = topics.get(name);
    if (operations != null) {
      operations.add(operation);
    }
  }
}
