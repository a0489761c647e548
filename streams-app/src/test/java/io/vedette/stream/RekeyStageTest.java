package io.vedette.stream;

import static io.vedette.core.Exchange.Pairing.REQUEST_ONLY;
import static io.vedette.core.Exchange.Pairing.RESPONSE_ONLY;
import static io.vedette.core.Exchange.Pairing.SINGLE_EVENT;
import static io.vedette.stream.Fixtures.T0;
import static io.vedette.stream.Fixtures.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RekeyStageTest {

  private static final Topics REKEYED =
      Topics.DEFAULT.withForeignKeyed(
          Set.of(Topics.DEFAULT.responses(), Topics.DEFAULT.exchanges()));

  @TempDir Path dir;

  @Test
  void shouldPairWithAKeyedRequestWhenTheResponseHasAForeignKey() {
    try (var rig = new Rig(dir, CountingEngines.every(1), REKEYED)) {
      // Given
      rig.pipe(exchange("ann", "r-1", T0, REQUEST_ONLY));

      // When
      rig.responses.pipeInput("pod-7", exchange("ann", "r-1", T0 + 1000, RESPONSE_ONLY));

      // Then
      assertThat(rig.callerSummaries()).containsExactly("PAIRED r-1 #1");
    }
  }

  @Test
  void shouldTellWhereTheEventWasReadWhenItWasKeyedAnew() {
    try (var rig = new Rig(dir, CountingEngines.every(1), REKEYED)) {
      // Given
      rig.exchanges.pipeInput(null, exchange("ann", "r-1", T0, SINGLE_EVENT));

      // When
      rig.exchanges.pipeInput(null, exchange("ann", "r-2", T0 + 1, SINGLE_EVENT));

      // Then
      List<Finding> findings =
          rig.findings.readRecordsToList().stream()
              .filter(record -> record.key().equals("acme|ann"))
              .map(TestRecord::value)
              .toList();
      Sample sample = findings.get(1).samples().get(0);
      assertThat(sample.origin().topic()).isEqualTo(Topics.DEFAULT.exchanges());
      assertThat(sample.origin().offset()).isEqualTo(1);
    }
  }

  @Test
  void shouldBuryWithItsCoordinatesWhenAForeignKeyedEventIsUndecodable() {
    try (var rig = new Rig(dir, CountingEngines.every(1), REKEYED)) {
      // Given
      byte[] bad = {'X'};

      // When
      rig.raw.pipeInput(null, bad);

      // Then
      assertThat(rig.letters.readRecordsToList()).extracting(r -> r.value()).containsExactly(bad);
    }
  }
}
