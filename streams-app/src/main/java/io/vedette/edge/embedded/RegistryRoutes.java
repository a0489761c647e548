package io.vedette.edge.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The paths of the registry: which call of {@link Registry} each is, and its JSON. */
final class RegistryRoutes {

  private final Registry registry;

  RegistryRoutes(Registry registry) {
    this.registry = registry;
  }

  /**
   * Answers one request.
   *
   * @param path decoded segments
   * @param query raw query string, of which only {@code defaultToGlobal} is looked at
   * @throws RegistryException for every answer but 200
   */
  JsonNode answer(String method, List<String> path, @Nullable String query, byte[] body) {
    if (path.stream().anyMatch(String::isEmpty)) {
      throw RegistryException.noRoute();
    }
    String root = path.isEmpty() ? "" : path.get(0);
    return switch (method + " " + root) {
      case "GET subjects" -> getSubjects(path);
      case "POST subjects" -> postSubjects(path, body);
      case "GET schemas" -> getSchemas(path);
      case "GET config" -> getConfig(path, query);
      case "PUT config" -> putConfig(path, body);
      case "GET mode" -> getMode(path);
      case "POST compatibility" -> postCompatibility(path, body);
      default -> throw RegistryException.noRoute();
    };
  }

  private JsonNode getSubjects(List<String> path) {
    if (path.size() == 1) {
      return Json.MAPPER.valueToTree(registry.subjects());
    }
    if (path.size() == 3 && path.get(2).equals("versions")) {
      return Json.MAPPER.valueToTree(registry.versions(path.get(1)));
    }
    if (path.size() == 4 && path.get(2).equals("versions")) {
      return versionJson(registry.version(path.get(1), versionNumber(path.get(3))));
    }
    throw RegistryException.noRoute();
  }

  private JsonNode postSubjects(List<String> path, byte[] body) {
    if (path.size() == 3 && path.get(2).equals("versions")) {
      return versionJson(registry.register(path.get(1), schema(body)));
    }
    if (path.size() == 2) {
      return versionJson(registry.lookup(path.get(1), schema(body)));
    }
    throw RegistryException.noRoute();
  }

  private JsonNode getSchemas(List<String> path) {
    if (path.size() == 2 && path.get(1).equals("types")) {
      return JsonNodeFactory.instance.arrayNode().add("AVRO");
    }
    if (path.size() == 3 && path.get(1).equals("ids")) {
      return object().put("schema", registry.schema(schemaId(path.get(2))).toString());
    }
    throw RegistryException.noRoute();
  }

  private JsonNode getConfig(List<String> path, @Nullable String query) {
    if (path.size() > 2) {
      throw RegistryException.noRoute();
    }
    CompatibilityLevel level;
    if (path.size() == 1) {
      level = registry.globalLevel();
    } else if (query != null && List.of(query.split("&")).contains("defaultToGlobal=true")) {
      level = registry.level(path.get(1));
    } else {
      level = registry.ownLevel(path.get(1));
    }
    return object().put("compatibilityLevel", level.name());
  }

  private JsonNode putConfig(List<String> path, byte[] body) {
    if (path.size() > 2) {
      throw RegistryException.noRoute();
    }
    String name = json(body).path("compatibility").asText();
    CompatibilityLevel level =
        CompatibilityLevel.named(name).orElseThrow(() -> RegistryException.badLevel(name));
    String subject = path.size() == 2 ? path.get(1) : null;
    return object().put("compatibility", registry.setLevel(subject, level).name());
  }

  private static JsonNode getMode(List<String> path) {
    if (path.size() > 2) {
      throw RegistryException.noRoute();
    }
    return object().put("mode", "READWRITE");
  }

  private JsonNode postCompatibility(List<String> path, byte[] body) {
    if (path.size() != 5 || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
      throw RegistryException.noRoute();
    }
    boolean compatible = registry.compatible(path.get(2), versionNumber(path.get(4)), schema(body));
    return object().put("is_compatible", compatible);
  }

  private static ObjectNode versionJson(SchemaEntry.Version version) {
    return object()
        .put("subject", version.subject())
        .put("version", version.version())
        .put("id", version.id())
        .put("schema", version.text());
  }

  private static Schema schema(byte[] body) {
    JsonNode request = json(body);
    String type = request.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryException.badSchema("schemaType must be AVRO");
    }
    if (!request.path("references").isEmpty()) {
      throw RegistryException.badSchema("references to other subjects are not supported");
    }
    JsonNode text = request.path("schema");
    if (!text.isTextual()) {
      throw RegistryException.badSchema("field 'schema' must be the schema as a text");
    }
    try {
      return new Schema.Parser().parse(text.asText());
    } catch (AvroRuntimeException e) {
      throw RegistryException.badSchema(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode node = Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // answered below, as any other body that is no JSON object
    }
    throw RegistryException.badRequest("Request body must be a JSON object");
  }

  /** The number in the path; 0 for the latest. */
  private static int versionNumber(String text) {
    if (text.equals("latest") || text.equals("-1")) {
      return 0;
    }
    int number = number(text);
    if (number < 1) {
      throw RegistryException.badVersion(text);
    }
    return number;
  }

  private static int schemaId(String text) {
    int id = number(text);
    if (id < 1) {
      throw RegistryException.noSchema();
    }
    return id;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
