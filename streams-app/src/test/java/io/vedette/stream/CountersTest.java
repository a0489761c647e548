package io.vedette.stream;

import static io.vedette.stream.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Incident.Activity;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {

  private final List<String> delays = new ArrayList<>();
  private final Counters counters =
      new Counters(
          new Delays() {
            @Override
            public void finding(long wallMicros) {
              delays.add("finding " + wallMicros);
            }

            @Override
            public void incident(long streamMicros, long wallMicros) {
              delays.add("incident " + streamMicros + " " + wallMicros);
            }
          });

  @Test
  void shouldCountByDetectorAndTellTheDelayWhenAFindingIsPublished() {
    // Given
    var sample = new Sample("r", new Origin("t", 0, 0));

    // When
    counters.finding(Fixtures.finding("a", T0, "one", sample), T0 / 1000 + 7);
    counters.finding(Fixtures.finding("a", T0, "two", sample), T0 / 1000 - 7);

    // Then
    assertThat(counters.findings.sum()).isEqualTo(2);
    assertThat(counters.detector("test").findings.sum()).isEqualTo(2);
    assertThat(delays).containsExactly("finding 7000", "finding 0");
  }

  @Test
  void shouldTellTheDelayOnlyWhenAnIncidentOpens() {
    // When
    counters.incident(Fixtures.incident("i", Activity.CREATE, 0, T0, ""), T0 / 1000 + 2);
    counters.incident(Fixtures.incident("i", Activity.UPDATE, 1, T0, ""), T0 / 1000 + 3);

    // Then
    assertThat(counters.incidents.sum()).isEqualTo(2);
    assertThat(delays).containsExactly("incident 0 2000");
  }
}
