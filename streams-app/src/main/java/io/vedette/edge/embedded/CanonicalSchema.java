package io.vedette.edge.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The form in which two schema texts are compared: layout, order of attributes and {@code
 * avro.java.string} do not count; names, types, defaults, aliases, docs and other properties do.
 */
final class CanonicalSchema {

  // Avro's own parsing form is too coarse: it drops defaults and aliases, on which evolution rests.

  private static final String JAVA_STRING = "avro.java.string"; // a hint that Java clients add

  private CanonicalSchema() {}

  static String of(Schema schema) {
    try {
      return reduce(Json.MAPPER.readTree(schema.toString())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
    }
  }

  private static JsonNode reduce(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode reduced = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> reduced.add(reduce(element)));
      return reduced;
    }
    return node instanceof ObjectNode object ? reduceObject(object) : node;
  }

  private static JsonNode reduceObject(ObjectNode object) {
    var sorted = new TreeMap<String, JsonNode>();
    for (var entry : object.properties()) {
      String name = entry.getKey();
      if (!name.equals(JAVA_STRING)) {
        // A default is data of the user, not schema.
        sorted.put(name, name.equals("default") ? entry.getValue() : reduce(entry.getValue()));
      }
    }
    JsonNode type = sorted.get("type");
    if (sorted.size() == 1 && type != null && type.isTextual()) {
      return type; // {"type":"string"} is "string"
    }
    ObjectNode reduced = JsonNodeFactory.instance.objectNode();
    sorted.forEach(reduced::set);
    return reduced;
  }
}
