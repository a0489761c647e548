package io.vedette.schemas;

import java.util.List;
import java.util.Optional;

/** The topics of Vedette: role, default name, clean-up and schema of the value. */
public final class TopicCatalogue {

  private static final String INFERENCE = "io.vedette.inference.v1.";
  private static final String ALERT = "io.vedette.alert.v1.";
  private static final String CONTROL = "io.vedette.control.v1.";

  private static final List<Topic> TOPICS =
      List.of(
          avro("requests", "inference.requests", Cleanup.DELETE, INFERENCE + "InferenceRequest"),
          avro("responses", "inference.responses", Cleanup.DELETE, INFERENCE + "InferenceResponse"),
          avro("exchanges", "inference.exchanges", Cleanup.DELETE, INFERENCE + "InferenceExchange"),
          avro("models", "vedette.models", Cleanup.COMPACT, CONTROL + "ModelPolicy"),
          avro("baselines", "vedette.baselines", Cleanup.COMPACT, CONTROL + "Baseline"),
          avro("verdicts", "vedette.verdicts", Cleanup.DELETE, CONTROL + "Verdict"),
          avro("findings", "vedette.findings", Cleanup.DELETE, ALERT + "Finding"),
          avro("incidents", "vedette.incidents", Cleanup.DELETE, ALERT + "Incident"),
          plain("ocsf", "vedette.incidents.ocsf"),
          plain("ecs", "vedette.incidents.ecs"),
          plain("cef", "vedette.incidents.cef"),
          avro("actions", "vedette.actions", Cleanup.COMPACT, CONTROL + "Action"),
          plain("deadLetters", "vedette.deadletter"));

  private TopicCatalogue() {}

  /** What Kafka does with old records. */
  public enum Cleanup {
    /** Deletes them after the retention time. */
    DELETE,
    /** Keeps the last one of each key. */
    COMPACT
  }

  /**
   * One topic.
   *
   * @param role key of the setting {@code topics.<role>} that renames it
   * @param defaultName name when nothing is set
   * @param cleanup clean-up policy
   * @param schema full name of the Avro schema of the value, empty for text and raw bytes
   */
  public record Topic(String role, String defaultName, Cleanup cleanup, Optional<String> schema) {}

  /** All topics, in the order of the contract. */
  public static List<Topic> topics() {
    return TOPICS;
  }

  /**
   * The topic with a role.
   *
   * @throws IllegalArgumentException when there is no such role
   */
  public static Topic topic(String role) {
    return TOPICS.stream()
        .filter(topic -> topic.role().equals(role))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "role must be one of "
                        + TOPICS.stream().map(Topic::role).toList()
                        + ", was "
                        + role));
  }

  private static Topic avro(String role, String name, Cleanup cleanup, String schema) {
    return new Topic(role, name, cleanup, Optional.of(schema));
  }

  private static Topic plain(String role, String name) {
    return new Topic(role, name, Cleanup.DELETE, Optional.empty());
  }
}
