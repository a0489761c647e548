package io.vedette.wire;

import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.inference.v1.InferenceExchange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of one exchange of 30 features and 3 classes on the wire. {@code mvn -Pjmh test -pl
 * streams-app -am -Djmh.include=WireBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WireBenchmark {

  private static final String TOPIC = "topic";
  private static final int COLUMNS = 30;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireConfig config = WireConfig.from(Map.of());
  private final Exchange exchange = exchange();
  private final Serializer<Exchange> serializer =
      new WireSerdes(Map.of(), registry).exchanges().serializer();
  private final byte[] bytes = serializer.serialize(TOPIC, exchange);
  private final Deserializer<Exchange> positional =
      new TrafficDeserializer<>(InferenceExchange.class, registry, config);
  private final Deserializer<Exchange> resolving =
      new MappedDeserializer<>(
          InferenceExchange.class,
          (topic, record) -> ExchangeAssembly.exchange(RecordParts.of(record), topic),
          new AvroWireDeserializer(registry, config));

  /** Reads by position. */
  @Benchmark
  public Exchange readByPosition() {
    return checked(positional.deserialize(TOPIC, bytes));
  }

  /** Reads with Avro's resolving decoder. */
  @Benchmark
  public Exchange readWithAvro() {
    return checked(resolving.deserialize(TOPIC, bytes));
  }

  /** Writes. */
  @Benchmark
  public byte[] write() {
    return serializer.serialize(TOPIC, exchange);
  }

  private static Exchange checked(Exchange read) {
    if (read.rows() != 1 || read.answers().size() != 1) {
      throw new AssertionError("wrong exchange");
    }
    return read;
  }

  private static Exchange exchange() {
    float[] values = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      values[i] = i / 7f;
    }
    return new Exchange(
        "3f0c2b52-7c2e-4c5e-9d2b-6b1f1f0a9c11",
        new CallerId("acme", "svc-scoring"),
        new ModelRef("credit-risk", "3.2.1", "sha256:9f2c"),
        1_790_000_000_000_000L,
        new Payload.Features(values, 1, COLUMNS, new int[] {COLUMNS}, List.of(), false),
        List.of(new Answer("approve", new float[] {0.9f, 0.06f, 0.04f}, Double.NaN)),
        null,
        null,
        200,
        12_000,
        0,
        0,
        null,
        null,
        new Exchange.Auth("API_KEY", List.of("predict"), "192.0.2.7"),
        Map.of(),
        Map.of(),
        Exchange.Pairing.SINGLE_EVENT,
        new Origin(TOPIC, 0, 1));
  }
}
