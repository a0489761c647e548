package io.vedette.edge.embedded;

import io.vedette.wire.ConfluentRoundTrips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Confluent's own serializer and deserializer against the embedded broker and registry, and against
 * bytes framed by hand. Runs in a JVM of its own ({@code mvn -Pconfluent-interop test}), because
 * the classes come from a bundle that must not be near ours.
 */
final class ConfluentJavaInterop {

  private static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
  private static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";
  private static final String TOPIC = "interop.java";
  private static final String SUBJECT = TOPIC + "-value";
  private static final Schema SCHEMA = new Schema.Parser().parse(Schemas.V2);
  private static final int HEADER_BYTES = 5; // magic byte 0, schema id

  private final String bootstrap;
  private final String registryUrl;
  private final RegistryClient registry;

  private ConfluentJavaInterop(String bootstrap, String registryUrl) {
    this.bootstrap = bootstrap;
    this.registryUrl = registryUrl;
    this.registry = new RegistryClient(registryUrl);
  }

  public static void main(String[] args) throws Exception {
    try (var broker = EmbeddedBroker.start();
        var registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0, Set.of(SUBJECT))) {
      new ConfluentJavaInterop(broker.bootstrapServers(), registry.url()).run();
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run() throws Exception {
    check("Kafka's version", "4.3.1", AppInfoParser.getVersion());
    int id = registry.register(SUBJECT, Schemas.V2).json().path("id").asInt();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    // Every way in which Confluent's serializer finds its id.
    writeConfluent("register", Map.of());
    writeConfluent("lookup", Map.of("auto.register.schemas", false));
    writeConfluent("latest", Map.of("auto.register.schemas", false, "use.latest.version", true));
    writeConfluent("normalized", Map.of("normalize.schemas", true));
    writeConfluent(
        "credentials",
        Map.of(
            "basic.auth.credentials.source", "USER_INFO",
            "basic.auth.user.info", "user:secret"));
    writeByHand("hand", id);
    List<String> written =
        List.of("register", "lookup", "latest", "normalized", "credentials", "hand");

    check("ids of all records", Set.of(id), Set.copyOf(readByHand(written)));
    check("read", written, readConfluent(written.size(), Map.of()));
    check(
        "read with the latest schema",
        written,
        readConfluent(written.size(), Map.of("use.latest.version", true)));
    check("versions", "[1]", registry.get("/subjects/" + SUBJECT + "/versions").json().toString());
    checkConflict();
    int schemas = ConfluentRoundTrips.run(registryUrl);
    System.out.println(
        "ok confluent-java wrote 5 read " + written.size() + " round trips of schemas " + schemas);
  }

  private void writeConfluent(String name, Map<String, Object> settings) throws Exception {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("value.serializer", SERIALIZER);
    properties.put("schema.registry.url", registryUrl);
    try (KafkaProducer<byte[], GenericRecord> producer = producer(properties)) {
      producer.send(new ProducerRecord<>(TOPIC, call(name))).get();
    }
  }

  private void writeByHand(String name, int id) throws Exception {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(call(name), encoder);
    encoder.flush();
    Map<String, Object> properties = new HashMap<>();
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
      producer.send(new ProducerRecord<>(TOPIC, bytes.toByteArray())).get();
    }
  }

  private <V> KafkaProducer<byte[], V> producer(Map<String, Object> properties) {
    properties.put("bootstrap.servers", bootstrap);
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    return new KafkaProducer<>(properties);
  }

  /** The ids of the records, whose bodies must be these. */
  private List<Integer> readByHand(List<String> expected) throws IOException {
    var ids = new ArrayList<Integer>();
    var names = new ArrayList<String>();
    List<byte[]> values =
        read(expected.size(), Map.of("value.deserializer", ByteArrayDeserializer.class.getName()));
    for (byte[] value : values) {
      check("magic byte", (byte) 0, value[0]);
      int id = ByteBuffer.wrap(value).getInt(1);
      ids.add(id);
      String text = registry.get("/schemas/ids/" + id).json().path("schema").asText();
      var reader = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(text));
      int length = value.length - HEADER_BYTES;
      var decoder = DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, length, null);
      names.add(reader.read(null, decoder).get("id").toString());
    }
    check("read by hand", expected, names);
    return ids;
  }

  private List<String> readConfluent(int count, Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("value.deserializer", DESERIALIZER);
    properties.put("schema.registry.url", registryUrl);
    List<GenericRecord> values = read(count, properties);
    return values.stream().map(value -> value.get("id").toString()).toList();
  }

  private <V> List<V> read(int count, Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("bootstrap.servers", bootstrap);
    properties.put("group.id", "interop-" + settings.hashCode());
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", false);
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    var values = new ArrayList<V>();
    try (var consumer = new KafkaConsumer<byte[], V>(properties)) {
      consumer.subscribe(List.of(TOPIC));
      for (int polls = 0; polls < 100 && values.size() < count; polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(entry -> values.add(entry.value()));
      }
    }
    return values;
  }

  // The refusal of an incompatible schema must reach the user as one.
  private void checkConflict() throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put("value.serializer", SERIALIZER);
    properties.put("schema.registry.url", registryUrl);
    Schema schema = new Schema.Parser().parse(Schemas.NEEDS_MORE);
    var value = new GenericData.Record(schema);
    value.put("id", "conflict");
    value.put("must", 1);
    try (KafkaProducer<byte[], GenericRecord> producer = producer(properties)) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidConfigurationException) {
        return;
      }
      throw e;
    }
    throw new AssertionError("an incompatible schema was accepted");
  }

  private static GenericRecord call(String name) {
    var call = new GenericData.Record(SCHEMA);
    call.put("id", name);
    call.put("count", name.length());
    return call;
  }

  private static void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", was " + actual);
    }
  }
}
