package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.siem.DeadLetter;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.ReplayDriver;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a replay writes of dead letters of the topology. */
class ReplayLettersTest {

  @Test
  void shouldNameFileLineAndReasonWhenTheTopologyBuriesAnEvent() {
    // Given
    Map<String, String> headers =
        Map.of(
            DeadLetters.TOPIC, "traffic.jsonl",
            DeadLetters.OFFSET, "17",
            DeadLetters.STAGE, "write",
            DeadLetters.REASON, "features must be at most 3");

    // When
    DeadLetter letter = ReplayRun.deadLetter(new ReplayDriver.Letter(headers, new byte[] {1}));

    // Then
    assertThat(letter.file()).isEqualTo("traffic.jsonl");
    assertThat(letter.line()).isEqualTo(17);
    assertThat(letter.reason()).isEqualTo("write: features must be at most 3");
  }

  @Test
  void shouldSayWhatIsKnownWhenALetterHasNoCoordinates() {
    // When
    DeadLetter letter =
        ReplayRun.deadLetter(
            new ReplayDriver.Letter(Map.of(DeadLetters.OFFSET, "-1 of many"), null));

    // Then
    assertThat(letter.file()).isEqualTo("topology");
    assertThat(letter.line()).isZero();
    assertThat(letter.reason()).isEqualTo("topology: cannot be processed");
  }
}
