package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.http.Health;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbesTest {

  private static final String TABLE =
      """
      CREATED          | false | true  | false
      REBALANCING      | false | true  | false
      RUNNING          | true  | true  | false
      PENDING_SHUTDOWN | false | true  | false
      PENDING_ERROR    | false | false | false
      ERROR            | false | false | true
      NOT_RUNNING      | false | false | true
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void shouldAnswerByTheTableWhenStreamsIsInAState(
      State state, boolean ready, boolean live, boolean dead) {
    // When
    Health health = Probes.of(state, true, false);

    // Then
    assertThat(health).isEqualTo(new Health(true, ready, live, "streams " + state));
    assertThat(Probes.dead(state)).isEqualTo(dead);
  }

  @Test
  void shouldKnowEveryStateWhenKafkaStreamsHasSoMany() {
    assertThat(TABLE.lines()).hasSameSizeAs(State.values());
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void shouldNotStartOrRestartForTheConsoleWhenOnlyItsReaderStopped(State state) {
    // When
    Health blind = Probes.of(state, false, true);

    // Then
    assertThat(blind.started()).isFalse();
    assertThat(blind.ready()).isEqualTo(Probes.of(state, true, false).ready());
    assertThat(blind.live()).isEqualTo(Probes.of(state, true, false).live());
    assertThat(blind.detail()).contains("console");
  }
}
