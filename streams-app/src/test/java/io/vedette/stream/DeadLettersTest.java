package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  @TempDir Path dir;

  @Test
  void shouldKeepBytesAndCoordinatesWhenEventIsUndecodable() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      byte[] key = {1};
      byte[] value = {'X', 2, 3};
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // When
      rig.raw.pipeInput(key, value);

      // Then
      var letter = rig.letters.readRecord();
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.value()).isEqualTo(value);
      assertThat(texts(letter.headers()))
          .containsEntry(DeadLetters.REASON, "bytes of another kind not an exchange")
          .containsEntry(DeadLetters.TOPIC, "inference.exchanges")
          .containsEntry(DeadLetters.PARTITION, "0")
          .containsEntry(DeadLetters.OFFSET, "1")
          .containsEntry(DeadLetters.STAGE, "read")
          .containsEntry(
              DeadLetters.ERROR_CLASS, "org.apache.kafka.common.errors.SerializationException");
      assertThat(rig.counters.deadLetters.sum()).isEqualTo(1);
    }
  }

  @Test
  void shouldGoOnWhenEventIsUndecodable() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      rig.raw.pipeInput(new byte[] {1}, new byte[] {'X'});

      // When
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // Then
      assertThat(rig.callerSummaries()).containsExactly("SINGLE_EVENT r-1 #1");
    }
  }

  @Test
  void shouldOnlyCountWhenDeadLettersFlood() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 3)) {
      // Given
      byte[] bad = {'X'};

      // When
      for (int i = 0; i < 10; i++) {
        rig.raw.pipeInput(bad, bad);
      }

      // Then
      assertThat(rig.letters.readRecordsToList()).hasSize(3);
      assertThat(rig.counters.deadLettersDropped.sum()).isEqualTo(7);
    }
  }

  @Test
  void shouldSurviveWhenBaselineIsUndecodable() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      var baselines =
          rig.driver.createInputTopic(
              rig.topics.baselines(), new ByteArraySerializer(), new ByteArraySerializer());
      baselines.pipeInput(new byte[] {1}, new byte[] {2});

      // When
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // Then
      assertThat(rig.callerSummaries()).hasSize(1);
    }
  }

  @Test
  void shouldIgnoreWhenEventIsTombstone() {
    try (var rig = new Rig(dir, CountingEngines.every(1), StageSettings.DEFAULT, 10)) {
      // Given
      rig.raw.pipeInput(new TestRecord<>(new byte[] {1}, null));

      // When
      rig.pipe(exchange("ann", "r-1", T0, SINGLE_EVENT));

      // Then
      assertThat(rig.letters.isEmpty()).isTrue();
      assertThat(rig.callerSummaries()).hasSize(1);
    }
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new HashMap<>();
    for (Header header : headers) {
      texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
