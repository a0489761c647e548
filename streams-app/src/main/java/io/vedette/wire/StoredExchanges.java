package io.vedette.wire;

import io.vedette.core.Exchange;
import io.vedette.core.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges as state stores keep them: format byte 1, origin, pairing scope, then the exchange in
 * wire format with the release of its schema for an id. Unlike a topic's serde it keeps origin and
 * scope and asks no registry.
 */
final class StoredExchanges {

  private static final byte FORMAT = 1;
  private static final int LARGEST = 64 << 20; // what was accepted from a topic is stored

  private final Serializer<Exchange> body;
  private final Deserializer<Exchange> bodies;

  private StoredExchanges() {
    SchemaRegistry releases = new ReleasedSchemas("InferenceExchange");
    WireConfig config = new WireConfig(false, false, LARGEST);
    this.body =
        new TrafficSerializer(
            io.vedette.inference.v1.InferenceExchange.getClassSchema(),
            PositionalExchangeEncoder::exchange,
            TrafficRecords::exchange,
            new AvroWireSerializer(releases, config));
    this.bodies =
        new TrafficDeserializer<>(
            io.vedette.inference.v1.InferenceExchange.class, releases, config);
  }

  static Serde<Exchange> serde() {
    StoredExchanges stored = new StoredExchanges();
    return Serdes.serdeFrom(
        (topic, exchange) -> stored.write(topic, exchange),
        (topic, bytes) -> stored.read(topic, bytes));
  }

  private byte @Nullable [] write(String topic, @Nullable Exchange exchange) {
    if (exchange == null) {
      return null;
    }
    byte[] wire = body.serialize(topic, exchange);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(wire.length + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(exchange.origin().topic());
      out.writeInt(exchange.origin().partition());
      out.writeLong(exchange.origin().offset());
      out.writeUTF(exchange.pairingScope());
      out.write(wire);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private @Nullable Exchange read(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte format = in.readByte();
      if (format != FORMAT) {
        throw new SerializationException("stored format must be 1, was " + format);
      }
      Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
      String pairingScope = in.readUTF();
      return at(bodies.deserialize(topic, in.readAllBytes()), origin, pairingScope);
    } catch (IOException e) {
      throw new SerializationException("stored exchange ends early", e);
    }
  }

  private static Exchange at(Exchange from, Origin origin, String pairingScope) {
    return new Exchange(
        from.requestId(),
        from.caller(),
        from.model(),
        from.timeMicros(),
        from.input(),
        from.answers(),
        from.text(),
        from.finishReason(),
        from.status(),
        from.latencyMicros(),
        from.inputTokens(),
        from.outputTokens(),
        from.sessionId(),
        from.subjectId(),
        from.auth(),
        from.groups(),
        from.parameters(),
        from.pairing(),
        origin,
        pairingScope,
        from.trace());
  }
}
