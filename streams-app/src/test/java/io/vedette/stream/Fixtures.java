package io.vedette.stream;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Exchange.Pairing;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Small events and serdes for the tests of this package. */
final class Fixtures {

  static final long T0 = 1_767_225_600_000_000L; // 2026-01-01T00:00:00Z, microseconds
  static final long SECOND = 1_000_000L;

  private static final WireSerdes WIRE = new WireSerdes(Map.of(), new InMemoryRegistry());

  private Fixtures() {}

  static Exchange exchange(String principal, String id, long timeMicros, Pairing pairing) {
    boolean input = pairing != Pairing.RESPONSE_ONLY;
    boolean output = pairing != Pairing.REQUEST_ONLY;
    float[] features = {1f, 2f, 3f};
    return new Exchange(
        id,
        new CallerId("acme", principal),
        new ModelRef("credit", "1", null),
        timeMicros,
        input
            ? new Payload.Features(features, 1, 3, new int[] {3}, List.of(), false)
            : Payload.NONE,
        output ? List.of(new Answer("yes", new float[0], Double.NaN)) : List.of(),
        null,
        null,
        output ? 200 : 0,
        -1,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        pairing,
        new Origin("", 0, 0));
  }

  /** The same half with a scope of its request id. */
  static Exchange scoped(Exchange e, String pairingScope) {
    return new Exchange(
        e.requestId(),
        e.caller(),
        e.model(),
        e.timeMicros(),
        e.input(),
        e.answers(),
        e.text(),
        e.finishReason(),
        e.status(),
        e.latencyMicros(),
        e.inputTokens(),
        e.outputTokens(),
        e.sessionId(),
        e.subjectId(),
        e.auth(),
        e.groups(),
        e.parameters(),
        e.pairing(),
        e.origin(),
        pairingScope,
        e.trace());
  }

  /** The same, with findings and incidents as the service writes them. */
  static TopicSerdes alerting() {
    TopicSerdes plain = serdes();
    return new TopicSerdes(
        plain.requests(),
        plain.responses(),
        plain.exchanges(),
        plain.stored(),
        WIRE.findings(),
        WIRE.incidents(),
        plain.baselines(),
        plain.verdicts(),
        plain.policies(),
        plain.actions(),
        plain.plain());
  }

  static TopicSerdes serdes() {
    return new TopicSerdes(
        exchanges(Pairing.REQUEST_ONLY),
        exchanges(Pairing.RESPONSE_ONLY),
        exchanges(Pairing.SINGLE_EVENT),
        stored(),
        serde(Fixtures::writeFinding, Fixtures::readFinding),
        serde(Fixtures::writeIncident, Fixtures::readIncident),
        serde(
            (b, out) -> out.writeUTF(b.modelKey()),
            in -> {
              throw new IOException("no baselines here");
            }),
        WIRE.verdicts(),
        WIRE.policies(),
        WIRE.actions(),
        exchange -> false);
  }

  static Serde<Exchange> exchanges(Pairing pairing) {
    return serde(
        (e, out) -> {
          out.writeByte('E');
          out.writeUTF(e.requestId());
          out.writeUTF(e.caller().principal());
          out.writeLong(e.timeMicros());
          out.writeBoolean(e.input() instanceof Payload.None);
          out.writeBoolean(e.answers().isEmpty());
        },
        in -> {
          if (in.readByte() != 'E') {
            throw new IOException("not an exchange");
          }
          String id = in.readUTF();
          String principal = in.readUTF();
          long time = in.readLong();
          boolean noInput = in.readBoolean();
          boolean noOutput = in.readBoolean();
          Pairing content =
              noInput
                  ? Pairing.RESPONSE_ONLY
                  : noOutput ? Pairing.REQUEST_ONLY : Pairing.SINGLE_EVENT;
          Exchange read = exchange(principal, id, time, content);
          return Halves.stamped(read, read.origin(), pairing);
        });
  }

  /** Keeps what a topic's serde leaves out. */
  private static Serde<Exchange> stored() {
    Serde<Exchange> plain = exchanges(Pairing.SINGLE_EVENT);
    return serde(
        (e, out) -> {
          out.writeUTF(e.pairing().name());
          out.writeUTF(e.origin().topic());
          out.writeInt(e.origin().partition());
          out.writeLong(e.origin().offset());
          out.writeUTF(e.pairingScope());
          out.write(plain.serializer().serialize("", e));
        },
        in -> {
          Pairing pairing = Pairing.valueOf(in.readUTF());
          var origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
          String scope = in.readUTF();
          Exchange read = plain.deserializer().deserialize("", in.readAllBytes());
          return scoped(Halves.stamped(read, origin, pairing), scope);
        });
  }

  static Finding finding(String subject, long timeMicros, String summary, Sample sample) {
    return new Finding(
        "test",
        Scope.CALLER,
        subject,
        "acme",
        subject,
        List.of(),
        new ModelRef("credit", "1", null),
        timeMicros,
        timeMicros,
        1,
        5,
        1,
        Maturity.STABLE,
        Severity.LOW,
        List.of(),
        List.of(),
        List.of(sample),
        summary,
        Map.of());
  }

  private static void writeFinding(Finding f, DataOutputStream out) throws IOException {
    out.writeUTF(f.subject());
    out.writeLong(f.timeMicros());
    out.writeUTF(f.summary());
    Sample sample = f.samples().get(0);
    out.writeUTF(sample.requestId());
    out.writeUTF(sample.origin().topic());
    out.writeInt(sample.origin().partition());
    out.writeLong(sample.origin().offset());
  }

  private static Finding readFinding(DataInputStream in) throws IOException {
    return finding(
        in.readUTF(),
        in.readLong(),
        in.readUTF(),
        new Sample(in.readUTF(), new Origin(in.readUTF(), in.readInt(), in.readLong())));
  }

  static Incident incident(
      String id, Incident.Activity activity, int sequence, long timeMicros, String summary) {
    return new Incident(
        id,
        activity,
        sequence,
        timeMicros,
        timeMicros,
        timeMicros,
        timeMicros,
        "acme",
        List.of(),
        "credit",
        List.of("test"),
        List.of(),
        Severity.LOW,
        1,
        1,
        5,
        1,
        "title",
        summary,
        List.of(),
        List.of(),
        null);
  }

  private static void writeIncident(Incident i, DataOutputStream out) throws IOException {
    out.writeUTF(i.incidentId());
    out.writeByte(i.activity().ordinal());
    out.writeInt(i.sequence());
    out.writeLong(i.timeMicros());
    out.writeUTF(i.summary());
  }

  private static Incident readIncident(DataInputStream in) throws IOException {
    return incident(
        in.readUTF(),
        Incident.Activity.values()[in.readByte()],
        in.readInt(),
        in.readLong(),
        in.readUTF());
  }

  /** Writes a value. */
  interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  /** Reads a value. */
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static <T> Serde<T> serde(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          var bytes = new ByteArrayOutputStream();
          try {
            writer.write(value, new DataOutputStream(bytes));
          } catch (IOException e) {
            throw new SerializationException("unwritable", e);
          }
          return bytes.toByteArray();
        },
        (topic, bytes) -> {
          try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
          } catch (IOException e) {
            throw new SerializationException("bytes of another kind\n" + e.getMessage());
          }
        });
  }
}
