package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors as Confluent's classes throw them; those classes themselves are asked in their own JVM.
 */
class OutagesTest {

  static Stream<IOException> network() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketTimeoutException("Read timed out"),
        new UnknownHostException("registry"),
        new SSLHandshakeException("no trust"));
  }

  @ParameterizedTest
  @MethodSource("network")
  void shouldBeAnOutageWhenTheNetworkFails(IOException cause) {
    // When
    boolean outage =
        Outages.registry(new SerializationException("Error retrieving Avro schema 7", cause));

    // Then
    assertThat(outage).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 40101, 403, 40301, 429, 42901, 500, 503, 50002, 50005})
  void shouldBeAnOutageWhenTheRegistryAnswersWithWhatPasses(int code) {
    // When
    boolean outage = Outages.registry(new InvalidConfigurationException("No; error code: " + code));

    // Then
    assertThat(outage).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 40401, 40403, 409, 422, 42201, 50, 5000})
  void shouldBeNoOutageWhenTheRegistryKnowsNoSuchSchema(int code) {
    // When
    boolean outage = Outages.registry(new InvalidConfigurationException("No; error code: " + code));

    // Then
    assertThat(outage).isFalse();
  }

  static Stream<Throwable> records() {
    return Stream.of(
        new SerializationException("Error deserializing Avro message", new EOFException()),
        new SerializationException("text of a record; error code: 503"),
        new SerializationException("Unknown magic byte!"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldBeNoOutageWhenTheRecordIsBad(Throwable error) {
    // When
    boolean outage = Outages.registry(error);

    // Then
    assertThat(outage).isFalse();
  }

  static Stream<Throwable> broken() {
    return Stream.of(
        new StreamsException("Error encountered sending record to topic", new TimeoutException()),
        new StreamsException("Could not get partition information for topic"),
        new ProcessorStateException("disk is full"),
        new TimeoutException("no metadata"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void shouldBeAnOutageWhenKafkaItselfFails(Throwable error) {
    // When
    boolean outage = Outages.kafka(error);

    // Then
    assertThat(outage).isTrue();
  }

  static Stream<Throwable> stages() {
    return Stream.of(
        catchThrowable(() -> new Record<>("key", "value", -1L)),
        new StreamsException("ClassCastException invoking processor", new ClassCastException()),
        new SerializationException("not whole"),
        new IllegalStateException("broken"));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void shouldBeNoOutageWhenTheRecordAtHandFails(Throwable error) {
    // When
    boolean outage = Outages.kafka(error);

    // Then
    assertThat(outage).isFalse();
  }

  @Test
  void shouldBeTheBrokersWhenTheyDoNotAnswer() {
    // Given
    var commit = new KafkaException("no broker said so in time", new TimeoutException());

    // Then
    assertThat(Outages.brokers(new StreamsException("Error encountered", commit))).isTrue();
    assertThat(Outages.brokers(new StreamsException("broken", new IllegalStateException())))
        .isFalse();
  }
}
