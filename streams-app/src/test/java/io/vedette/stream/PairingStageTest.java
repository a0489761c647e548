package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingStageTest {

  @TempDir Path dir;
  private Rig rig;

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldPairWhenResponseFollows() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

    // When
    rig.pipe(exchange("ann", "r-1", T0 + 1000, RESPONSE_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("PAIRED r-1 #1");
  }

  @Test
  void shouldPairWhenResponseComesFirst() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0 + 1000, RESPONSE_ONLY));

    // When
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("PAIRED r-1 #1");
  }

  @Test
  void shouldPairFirstInFirstOutWhenRequestIdRepeats() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "same", T0, REQUEST_ONLY));
    rig.pipe(exchange("ann", "same", T0 + 1, REQUEST_ONLY));
    rig.pipe(exchange("ann", "same", T0 + 2, RESPONSE_ONLY));

    // When
    rig.pipe(exchange("ann", "same", T0 + 3, RESPONSE_ONLY));

    // Then
    assertThat(rig.findings.readRecordsToList())
        .filteredOn(r -> r.key().equals("acme|ann"))
        .extracting(r -> r.value().timeMicros() - T0)
        .containsExactly(0L, 1L);
  }

  @Test
  void shouldNotPairWhenCallersDiffer() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

    // When
    rig.pipe(exchange("bob", "r-1", T0 + 1000, RESPONSE_ONLY));

    // Then
    assertThat(rig.callerSummaries()).isEmpty();
  }

  @Test
  void shouldReleaseInRequestOrderWhenResponsesCross() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));
    rig.pipe(exchange("ann", "r-2", T0 + 1, REQUEST_ONLY));
    rig.pipe(exchange("ann", "r-2", T0 + 2, RESPONSE_ONLY));

    // When
    rig.pipe(exchange("ann", "r-1", T0 + 3, RESPONSE_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("PAIRED r-1 #1", "PAIRED r-2 #2");
  }

  @Test
  void shouldGoOnAloneWhenStreamTimePassesTheWait() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));
    rig.pipe(exchange("bob", "r-2", T0, RESPONSE_ONLY));

    // When
    rig.pipe(exchange("eve", "r-3", T0 + 30 * SECOND, REQUEST_ONLY));

    // Then
    assertThat(rig.callerSummaries())
        .containsExactly("REQUEST_ONLY r-1 #1", "RESPONSE_ONLY r-2 #1");
    assertThat(rig.counters.missingResponses.sum()).isEqualTo(1);
    assertThat(rig.counters.missingRequests.sum()).isEqualTo(1);
  }

  @Test
  void shouldLetFollowersGoWhenTheEarlierRequestExpires() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));
    rig.pipe(exchange("ann", "r-2", T0 + SECOND, REQUEST_ONLY));
    rig.pipe(exchange("ann", "r-2", T0 + 2 * SECOND, RESPONSE_ONLY));

    // When
    rig.pipe(exchange("eve", "r-3", T0 + 30 * SECOND, REQUEST_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("REQUEST_ONLY r-1 #1", "PAIRED r-2 #2");
  }

  @Test
  void shouldGoOnAloneWhenInputIdlesForTheWait() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

    // When
    rig.idle(Duration.ofSeconds(31));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("REQUEST_ONLY r-1 #1");
  }

  @Test
  void shouldWaitWhenInputIdlesForLess() {
    // Given
    rig = rig(10, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

    // When
    rig.idle(Duration.ofSeconds(29));

    // Then
    assertThat(rig.callerSummaries()).isEmpty();
  }

  @Test
  void shouldReleaseTheEarliestWhenCallerReachesItsCap() {
    // Given
    rig = rig(2, 100);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));
    rig.pipe(exchange("ann", "r-2", T0 + 1, REQUEST_ONLY));

    // When
    rig.pipe(exchange("ann", "r-3", T0 + 2, REQUEST_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("REQUEST_ONLY r-1 #1");
    assertThat(rig.counters.overflows.sum()).isEqualTo(1);
  }

  @Test
  void shouldReleaseTheLongestWaitingWhenTaskReachesItsCap() {
    // Given
    rig = rig(10, 2);
    rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));
    rig.pipe(exchange("bob", "r-2", T0 + 1, REQUEST_ONLY));

    // When
    rig.pipe(exchange("eve", "r-3", T0 + 2, REQUEST_ONLY));

    // Then
    assertThat(rig.callerSummaries()).containsExactly("REQUEST_ONLY r-1 #1");
    assertThat(rig.counters.overflows.sum()).isEqualTo(1);
  }

  @Test
  void shouldLeaveNothingBehindWhenAllHalvesArePaired() {
    // Given
    rig = rig(10, 100);
    for (int i = 0; i < 400; i++) {
      rig.pipe(exchange("ann", "r-" + i, T0 + 2 * i, REQUEST_ONLY));
      rig.pipe(exchange("ann", "r-" + i, T0 + 2 * i + 1, RESPONSE_ONLY));
    }

    // When
    rig.idle(Duration.ofSeconds(31));

    // Then
    assertThat(rig.callerSummaries()).hasSize(400).last().isEqualTo("PAIRED r-399 #400");
    assertThat(rig.counters.missingResponses.sum()).isZero();
  }

  private Rig rig(int maxPerCaller, int maxPerTask) {
    var d = StageSettings.DEFAULT;
    var limits = new PairingLimits(Duration.ofSeconds(30), maxPerCaller, maxPerTask, 100);
    var settings =
        new StageSettings(
            d.stores(), limits, d.outbox(), d.outboxFlush(), 4, 4, d.longestException());
    return new Rig(dir, CountingEngines.every(1), settings, 10);
  }
}
