package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Exchange;
import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bad record is buried; an outage stops the thread and buries nothing. */
class ErrorHandlersTest {

  private static final byte[] BYTES = {1, 2, 3};
  private static final TaskId GLOBAL = new TaskId(-1, -1); // as Kafka Streams names it
  private static final Exception OUTAGE =
      new StreamsException(
          "wrapped", new SchemaRegistryException(Kind.UNAVAILABLE, "no registry answered"));
  private static final Exception POISON = new SerializationException("not whole");

  @TempDir Path dir;
  private final Counters counters = new Counters();
  private final Map<String, Object> config =
      Map.of(DeadLetters.CONFIG, new DeadLetters("letters", 10, counters, () -> 0L));

  @Test
  void shouldBuryWhenARecordCannotBeRead() {
    // When
    var response = read(POISON);

    // Then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).hasSize(1);
    assertThat(response.deadLetterQueueRecords().get(0).value()).isEqualTo(BYTES);
  }

  @Test
  void shouldWriteAsideWhenARecordOfAGlobalTableCannotBeRead() {
    // Given
    List<ProducerRecord<byte[], byte[]>> aside = new ArrayList<>();
    var handler = new ReadErrors();
    handler.configure(
        Map.of(DeadLetters.CONFIG, new DeadLetters("letters", 10, counters, () -> 0L, aside::add)));

    // When
    var response =
        handler.handleError(
            context(GLOBAL), new ConsumerRecord<>("in", 0, 5, BYTES, BYTES), POISON);

    // Then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).as("Kafka Streams cannot write them").isEmpty();
    assertThat(aside).singleElement().extracting(ProducerRecord::value).isEqualTo(BYTES);
    assertThat(counters.deadLetters.sum()).isEqualTo(1);
  }

  @Test
  void shouldStopWhenTheRegistryIsDownWhileReading() {
    // When
    var response = read(OUTAGE);

    // Then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
    assertThat(counters.deadLetters.sum()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_FOUND", "REFUSED"})
  void shouldBuryWhenTheRegistryAnswersThatTheSchemaIsBad(Kind kind) {
    // When
    var response = read(new SchemaRegistryException(kind, "no schema has the id 7"));

    // Then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).hasSize(1);
  }

  @Test
  void shouldBuryTheSourceRecordWhenAStageFails() {
    // When
    var response = stage(new IllegalStateException("broken"));

    // Then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords().get(0).value()).isEqualTo(BYTES);
  }

  @Test
  void shouldStopWhenTheRegistryIsDownInAStage() {
    // When
    var response = stage(OUTAGE);

    // Then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void shouldStopWhenAnEarlierResultWasNotWritten() {
    // When
    var response = stage(new StreamsException("Error encountered sending record to topic"));

    // Then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void shouldStopWhenTheBrokerDoesNotSayItsPartitions() {
    assertThat(stage(new TimeoutException("no metadata")).result())
        .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldBuryWithoutItsValueWhenAResultIsTooLarge() {
    // When
    var response = write("vedette.findings", new RecordTooLargeException("too large"));

    // Then
    assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords().get(0).value()).isNull();
  }

  @Test
  void shouldWriteNoLetterAboutALetterWhenItIsTooLarge() {
    // When
    var response = write("letters", new RecordTooLargeException("too large"));

    // Then
    assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  /** RETRY would have the task mended in place, which may pass over records. */
  @Test
  void shouldStopWhenTheBrokerMayHealButTheProducerGaveUp() {
    assertThat(write("vedette.findings", new NotLeaderOrFollowerException("moved")).result())
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldStopWhenTheBrokerRefuses() {
    assertThat(write("vedette.findings", new TopicAuthorizationException("no")).result())
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldBuryWhenAResultCannotBeSerialized() {
    // When
    var response = serialize(POISON);

    // Then
    assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).hasSize(1);
  }

  @Test
  void shouldStopWhenTheRegistryIsDownWhileWriting() {
    // When
    var response = serialize(OUTAGE);

    // Then
    assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void shouldStopAtTheRecordWhenTheRegistryIsDownInTheTopology() {
    // Given
    AtomicBoolean down = new AtomicBoolean();
    try (var rig = new Rig(dir, CountingEngines.every(1), failing(down))) {
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));
      rig.raw.pipeInput(BYTES, BYTES);
      down.set(true);

      // When
      assertThatThrownBy(() -> rig.pipe(exchange("ann", "r-2", T0 + 1, SINGLE_EVENT)))
          .isInstanceOf(StreamsException.class)
          .hasRootCauseInstanceOf(SchemaRegistryException.class);

      // Then
      assertThat(rig.callerSummaries()).containsExactly("SINGLE_EVENT r-1 #1");
      assertThat(rig.letters.readRecordsToList()).as("the bad record alone").hasSize(1);
    }
  }

  @Test
  void shouldEndWhenCausesAreACircle() {
    // Given
    var one = new IllegalStateException("one");
    var two = new IllegalStateException("two", one);
    one.initCause(two);

    // When
    boolean outage = Outages.registry(two);

    // Then
    assertThat(outage).isFalse();
  }

  /** Serdes whose exchanges cannot be read while the registry is down. */
  private static TopicSerdes failing(AtomicBoolean down) {
    TopicSerdes plain = Fixtures.serdes();
    Serde<Exchange> exchanges =
        Serdes.serdeFrom(
            plain.exchanges().serializer(),
            (topic, bytes) -> {
              if (down.get()) {
                throw new SchemaRegistryException(Kind.UNAVAILABLE, "no registry answered");
              }
              return plain.exchanges().deserializer().deserialize(topic, bytes);
            });
    return new TopicSerdes(
        plain.requests(),
        plain.responses(),
        exchanges,
        plain.stored(),
        plain.findings(),
        plain.incidents(),
        plain.baselines(),
        plain.verdicts(),
        plain.policies(),
        plain.actions(),
        plain.plain());
  }

  private DeserializationExceptionHandler.Response read(Exception error) {
    var handler = new ReadErrors();
    handler.configure(config);
    return handler.handleError(context(), new ConsumerRecord<>("in", 0, 5, BYTES, BYTES), error);
  }

  private ProcessingExceptionHandler.Response stage(Exception error) {
    var handler = new StageErrors();
    handler.configure(config);
    return handler.handleError(context(), null, error);
  }

  private ProductionExceptionHandler.Response write(String topic, Exception error) {
    var handler = new WriteErrors();
    handler.configure(config);
    return handler.handleError(context(), new ProducerRecord<>(topic, BYTES, BYTES), error);
  }

  private ProductionExceptionHandler.Response serialize(Exception error) {
    var handler = new WriteErrors();
    handler.configure(config);
    return handler.handleSerializationError(
        context(),
        new ProducerRecord<>("vedette.findings", "k", "v"),
        error,
        SerializationExceptionOrigin.VALUE);
  }

  private static ErrorHandlerContext context() {
    return context(new TaskId(0, 0));
  }

  private static ErrorHandlerContext context(TaskId task) {
    return new DefaultErrorHandlerContext(
        null, "in", 0, 5, new RecordHeaders(), "caller-stage", task, 0, BYTES, BYTES);
  }
}
