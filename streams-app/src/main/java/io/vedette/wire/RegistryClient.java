package io.vedette.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Schema Registry protocol, with the same settings as Confluent's: several URLs
 * with fail-over, basic and bearer authentication, TLS, bounded retries. What it learns it keeps;
 * ids that do not exist it remembers for a minute, so that forged ids cannot flood the registry.
 */
public final class RegistryClient implements SchemaRegistry {

  private static final int MAX_SCHEMAS = 1000;
  private static final int MAX_SCHEMA_CHARS = 1 << 20;
  private static final int MAX_UNKNOWN_IDS = 10_000;
  private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
  private static final Duration LATEST_FOR = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryHttp http;
  private final boolean normalize;
  private final Cache<Integer, Schema> byId =
      Caffeine.newBuilder().maximumSize(MAX_SCHEMAS).build();
  private final Cache<Integer, Boolean> unknown =
      Caffeine.newBuilder().maximumSize(MAX_UNKNOWN_IDS).expireAfterWrite(UNKNOWN_FOR).build();
  private final Cache<Key, Integer> ids = Caffeine.newBuilder().maximumSize(MAX_SCHEMAS).build();
  private final Cache<String, Registered> latest =
      Caffeine.newBuilder().maximumSize(MAX_SCHEMAS).expireAfterWrite(LATEST_FOR).build();

  private record Key(String call, String subject, Schema schema) {}

  private RegistryClient(RegistryHttp http, boolean normalize) {
    this.http = http;
    this.normalize = normalize;
  }

  /**
   * A client for {@code schema.registry.url}.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a setting is missing or wrong
   */
  public static RegistryClient from(Map<String, ?> settings) {
    return new RegistryClient(
        RegistryHttp.from(settings), WireConfig.flag(settings, "normalize.schemas", false));
  }

  @Override
  public int register(String subject, Schema schema) {
    String query = "/versions?normalize=" + normalize;
    return idOf(new Key("register", subject, schema), query);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    String query = "?normalize=" + normalize + "&deleted=false";
    return idOf(new Key("lookUp", subject, schema), query);
  }

  @Override
  public Schema byId(int id) {
    Schema known = byId.getIfPresent(id);
    if (known != null) {
      return known;
    }
    if (unknown.getIfPresent(id) != null) {
      throw new SchemaRegistryException(Kind.NOT_FOUND, "no schema has the id " + id);
    }
    try {
      Schema schema = schema(http.call("GET", "/schemas/ids/" + id, null));
      byId.put(id, schema);
      return schema;
    } catch (SchemaRegistryException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        unknown.put(id, Boolean.TRUE);
      }
      throw e;
    }
  }

  @Override
  public Registered latest(String subject) {
    Registered known = latest.getIfPresent(subject);
    if (known == null) {
      JsonNode answer = http.call("GET", path(subject) + "/versions/latest", null);
      known = new Registered(id(answer), schema(answer));
      latest.put(subject, known);
    }
    return known;
  }

  /**
   * The compatibility level of a subject, which is the registry's own when it has none.
   *
   * @throws SchemaRegistryException when it is not told or the registry cannot be reached
   */
  public String level(String subject) {
    String path = "/config/" + encoded(subject) + "?defaultToGlobal=true";
    return http.call("GET", path, null).path("compatibilityLevel").asText("");
  }

  /**
   * Whether a schema could be registered beside the versions that a subject has.
   *
   * @throws SchemaRegistryException when there is no such subject or the registry cannot be reached
   */
  public boolean compatible(String subject, Schema schema) {
    String path = "/compatibility" + path(subject) + "/versions/latest";
    return http.call("POST", path, body(schema)).path("is_compatible").asBoolean();
  }

  private int idOf(Key key, String query) {
    Integer known = ids.getIfPresent(key);
    if (known == null) {
      known = id(http.call("POST", path(key.subject()) + query, body(key.schema())));
      ids.put(key, known);
    }
    return known;
  }

  private static String body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
  }

  private static String path(String subject) {
    return "/subjects/" + encoded(subject);
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int id(JsonNode answer) {
    JsonNode id = answer.get("id");
    if (id == null || !id.canConvertToInt()) {
      throw new SchemaRegistryException(Kind.REFUSED, "registry answered without an id");
    }
    return id.intValue();
  }

  /** A registry is not trusted: what it sends must be Avro, and parse. */
  private static Schema schema(JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new SchemaRegistryException(Kind.REFUSED, "schema is not of type AVRO");
    }
    JsonNode references = answer.path("references");
    if (!references.isMissingNode() && !references.isEmpty()) {
      throw new SchemaRegistryException(Kind.REFUSED, "schema has references, must stand alone");
    }
    String text = answer.path("schema").asText("");
    if (text.length() > MAX_SCHEMA_CHARS) {
      throw new SchemaRegistryException(
          Kind.REFUSED, "schema exceeds " + MAX_SCHEMA_CHARS + " characters");
    }
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException | StackOverflowError e) {
      throw new SchemaRegistryException(
          Kind.REFUSED, "schema does not parse: " + e.getClass().getSimpleName());
    }
  }

  static @Nullable JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
