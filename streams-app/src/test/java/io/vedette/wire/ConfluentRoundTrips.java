package io.vedette.wire;

import com.sun.net.httpserver.HttpServer;
import io.vedette.core.Exchange;
import io.vedette.schemas.Schemas;
import io.vedette.stream.Outages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * Confluent's real classes behind our serdes: every released schema there and back, between theirs
 * and ours too, and how their errors are understood when the registry is away. For a JVM that has
 * these classes.
 */
public final class ConfluentRoundTrips {

  private static final int RECORDS = 20; // of each schema

  private final Map<String, String> theirs;
  private final Map<String, String> ours;

  private ConfluentRoundTrips(String registryUrl) {
    theirs = Map.of("schema.registry.url", registryUrl);
    ours =
        Map.of(
            "schema.registry.url", registryUrl,
            "avro.serializer", AvroWireSerializer.class.getName(),
            "avro.deserializer", AvroWireDeserializer.class.getName());
  }

  /**
   * Runs all checks.
   *
   * @return schemas that were round-tripped
   * @throws AssertionError naming the first that fails
   */
  public static int run(String registryUrl) throws IOException {
    ConfluentRoundTrips trips = new ConfluentRoundTrips(registryUrl);
    int schemas = trips.records();
    trips.exchanges();
    trips.outages();
    return schemas;
  }

  private int records() throws IOException {
    int schemas = 0;
    try (WireSerdes confluent = new WireSerdes(theirs);
        WireSerdes own = new WireSerdes(ours)) {
      for (Schema schema : Schemas.all()) {
        Class<?> type = SpecificData.get().getClass(schema);
        trip(schema, confluent, own, type.asSubclass(SpecificRecord.class));
        schemas++;
      }
    }
    return schemas;
  }

  private static <R extends SpecificRecord> void trip(
      Schema schema, WireSerdes confluent, WireSerdes own, Class<R> type) throws IOException {
    Serde<R> theirSerde = confluent.records(type);
    Serde<R> ourSerde = own.records(type);
    String topic = "trip." + schema.getName();
    RandomRecords random = new RandomRecords(schema.getName().hashCode());
    for (int i = 0; i < RECORDS; i++) {
      R written = type.cast(specific(random.framed(schema), schema));
      byte[] bytes = theirSerde.serializer().serialize(topic, written);
      check(schema + " theirs", written, theirSerde.deserializer().deserialize(topic, bytes));
      check(schema + " theirs to ours", written, ourSerde.deserializer().deserialize(topic, bytes));
      byte[] ourBytes = ourSerde.serializer().serialize(topic, written);
      check(
          schema + " ours to theirs",
          written,
          theirSerde.deserializer().deserialize(topic, ourBytes));
      check(schema + " id", ByteBuffer.wrap(bytes).getInt(1), ByteBuffer.wrap(ourBytes).getInt(1));
    }
  }

  private static Object specific(byte[] framed, Schema schema) throws IOException {
    int header = WireFormat.HEADER_BYTES;
    var decoder = DecoderFactory.get().binaryDecoder(framed, header, framed.length - header, null);
    // The class's own schema says that keys of maps are String, as readers of classes make them.
    Schema reader = SpecificData.get().getSchema(SpecificData.get().getClass(schema));
    return new SpecificDatumReader<>(schema, reader).read(null, decoder);
  }

  /** The words of core, by their way through the generated records. */
  private void exchanges() {
    String topic = "trip.exchanges";
    RandomExchanges random = new RandomExchanges(31);
    try (WireSerdes confluent = new WireSerdes(theirs);
        WireSerdes own = new WireSerdes(ours)) {
      for (int i = 0; i < RECORDS; i++) {
        Exchange written = random.next(Exchange.Pairing.PAIRED, topic);
        byte[] bytes = own.exchanges().serializer().serialize(topic, written);
        Exchange read = confluent.exchanges().deserializer().deserialize(topic, bytes);
        check("exchange", ExchangeText.of(written), ExchangeText.of(read));
      }
    }
  }

  private void outages() throws IOException {
    for (int status : new int[] {401, 403, 429, 500, 503}) {
      check("outage " + status, true, outage(status));
    }
    check("outage 404", false, outage(404));
    check("outage of a closed port", true, outage(Map.of("schema.registry.url", closedPort())));
    byte[] cut = {0, 0, 0, 0, 1};
    try (WireSerdes confluent = new WireSerdes(theirs)) {
      check("outage of a cut record", false, outage(confluent, cut));
    }
  }

  /** Whether a registry that always answers so is taken for an outage. */
  private static boolean outage(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    byte[] body =
        ("{\"error_code\":" + (status == 404 ? 40403 : status) + ",\"message\":\"no\"}")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      return outage(
          Map.of("schema.registry.url", "http://127.0.0.1:" + server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  private static boolean outage(Map<String, String> settings) {
    try (WireSerdes confluent = new WireSerdes(settings)) {
      return outage(confluent, new byte[] {0, 0, 0, 0, 77, 1});
    }
  }

  private static boolean outage(WireSerdes confluent, byte[] record) {
    Deserializer<Exchange> values = confluent.exchanges().deserializer();
    try {
      values.deserialize("trip.outage", record);
    } catch (RuntimeException e) {
      return Outages.registry(e);
    }
    throw new AssertionError("a record without a schema was read");
  }

  private static String closedPort() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    int port = server.getAddress().getPort();
    server.stop(0);
    return "http://127.0.0.1:" + port;
  }

  private static void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", was " + actual);
    }
  }
}
