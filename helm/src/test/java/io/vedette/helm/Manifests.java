package io.vedette.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rendered manifests: their text, and the documents in it. */
final class Manifests {

  static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
              .build());

  private final String text;
  private final List<JsonNode> documents = new ArrayList<>();

  Manifests(String text) {
    this.text = text;
    try (YAMLParser parser = ((YAMLFactory) YAML.getFactory()).createParser(text)) {
      YAML.readValues(parser, JsonNode.class)
          .forEachRemaining(
              document -> {
                if (document.isObject()) {
                  documents.add(document);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return text;
  }

  List<JsonNode> all() {
    return documents;
  }

  List<JsonNode> all(String kind) {
    return documents.stream().filter(d -> d.path("kind").asText().equals(kind)).toList();
  }

  /** The only object of a kind. */
  JsonNode one(String kind) {
    List<JsonNode> found = all(kind);
    if (found.size() != 1) {
      throw new AssertionError("one " + kind + " expected, found " + found.size());
    }
    return found.get(0);
  }

  JsonNode podSpec() {
    return one("StatefulSet").at("/spec/template/spec");
  }

  JsonNode container() {
    return podSpec().at("/containers/0");
  }

  /** The service's settings file. */
  String settings() {
    return all("ConfigMap").stream()
        .map(map -> map.at("/data/vedette.yaml"))
        .filter(JsonNode::isTextual)
        .findFirst()
        .orElseThrow()
        .asText();
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The items of an array. */
  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Every scalar below a node with its path. */
  static void leaves(String path, JsonNode node, BiConsumer<String, JsonNode> sink) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        leaves(path + '/' + field.getKey(), field.getValue(), sink);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(path + '/' + i, node.get(i), sink);
      }
    } else {
      sink.accept(path, node);
    }
  }
}
