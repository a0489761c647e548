package io.vedette.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Reads resources that are not Kubernetes' own as strictly as their operators would: those of
 * cert-manager and the Prometheus operator as published types, those of Strimzi and KEDA by schemas
 * (their published types want a newer Java, or there are none). What a schema leaves open is held
 * to its own source: a topic's configuration to the broker's.
 */
final class CustomResources {

  /** Kinds that have a schema here. */
  static final Set<String> BY_SCHEMA =
      Set.of("KafkaTopic", "KafkaUser", "ScaledObject", "TriggerAuthentication");

  private static final Set<String> GROUPS =
      Set.of("kafka.strimzi.io", "cert-manager.io", "monitoring.coreos.com", "keda.sh");

  private final Map<String, JsonSchema> schemas = new HashMap<>();

  CustomResources() {
    var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    for (String kind : BY_SCHEMA) {
      String name = "/operators/" + kind + ".json";
      schemas.put(kind, factory.getSchema(CustomResources.class.getResourceAsStream(name)));
    }
  }

  static boolean is(JsonNode document) {
    return GROUPS.contains(document.path("apiVersion").asText().replaceAll("/.*", ""));
  }

  /** What is wrong with a resource: fields that do not exist, values that are not taken. */
  List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    String kind = document.path("kind").asText();
    if (kind.isEmpty() || document.path("apiVersion").asText().isEmpty()) {
      problems.add("kind or apiVersion is missing"); // a model would take it for what it is
    }
    JsonSchema schema = schemas.get(kind);
    if (schema != null) {
      schema.validate(document).stream().map(ValidationMessage::getMessage).forEach(problems::add);
    }
    try {
      StrictModel model = new StrictModel(document.toString());
      problems.addAll(model.unknown());
      if (schema == null) {
        model.untyped().forEach(untyped -> problems.add(untyped + " has no model"));
      }
    } catch (KubernetesClientException e) { // a type of Java that the text does not fit
      problems.add(String.valueOf(e.getCause()));
    }
    if (kind.startsWith("Kafka") && !document.at("/metadata/labels").has("strimzi.io/cluster")) {
      problems.add("strimzi.io/cluster is no label: no operator looks at it");
    }
    if (kind.equals("KafkaTopic")) {
      topic(document.at("/spec/config"), problems);
    }
    return problems;
  }

  private static void topic(JsonNode config, List<String> problems) {
    Map<String, String> properties = new HashMap<>();
    config.properties().forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
    try {
      LogConfig.validate(properties);
    } catch (ConfigException | InvalidConfigurationException e) {
      problems.add("/spec/config: " + e.getMessage());
    }
  }
}
