package io.vedette.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.alert.v1.Finding;
import io.vedette.alert.v1.Incident;
import io.vedette.control.v1.Action;
import io.vedette.control.v1.Baseline;
import io.vedette.control.v1.ModelPolicy;
import io.vedette.control.v1.Verdict;
import io.vedette.inference.v1.InferenceExchange;
import io.vedette.inference.v1.InferenceRequest;
import io.vedette.inference.v1.InferenceResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas of Avro topics, as released: without properties that only Java's code needs. */
public final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Schema> ALL =
      List.of(
              InferenceRequest.getClassSchema(),
              InferenceResponse.getClassSchema(),
              InferenceExchange.getClassSchema(),
              Finding.getClassSchema(),
              Incident.getClassSchema(),
              Verdict.getClassSchema(),
              Action.getClassSchema(),
              ModelPolicy.getClassSchema(),
              Baseline.getClassSchema())
          .stream()
          .map(Schemas::portable)
          .toList();

  private Schemas() {}

  /** The current version of every schema that stands alone on a topic. */
  public static List<Schema> all() {
    return ALL;
  }

  /**
   * The current version of a schema.
   *
   * @param fullName name with namespace
   * @throws IllegalArgumentException when no topic carries such a schema
   */
  public static Schema of(String fullName) {
    return ALL.stream()
        .filter(schema -> schema.getFullName().equals(fullName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schema must be one of "
                        + ALL.stream().map(Schema::getFullName).toList()
                        + ", was "
                        + fullName));
  }

  /**
   * Every released version of a schema, oldest first; the last one equals the current one.
   *
   * @param name name without namespace
   */
  public static List<Schema> released(String name) {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; ; version++) {
      String path = "history/" + name + "/" + version + ".avsc";
      try (InputStream in = Schemas.class.getResourceAsStream(path)) {
        if (in == null) {
          return List.copyOf(versions);
        }
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        versions.add(new Schema.Parser().parse(text));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }
  }

  /** The same schema without {@code avro.java.string}, which would make spurious versions. */
  public static Schema portable(Schema schema) {
    try {
      JsonNode tree = JSON.readTree(schema.toString());
      strip(tree);
      return new Schema.Parser().parse(tree.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed schema always prints as JSON", e);
    }
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("avro.java.string");
    }
    node.forEach(Schemas::strip);
  }
}
