package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.vedette.core.Profile;
import io.vedette.core.Verdict;
import io.vedette.stream.DetectorCounters;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void shouldTellOfVerdictsAndPrecisionWhenAnalystsHaveJudged() {
    try (Metrics metrics = new Metrics()) {
      // Given
      DetectorCounters drift = metrics.counters().detector("drift");
      drift.verdicts(Verdict.Kind.TRUE_POSITIVE).add(3);
      drift.verdicts(Verdict.Kind.BENIGN).increment();
      drift.verdicts(Verdict.Kind.DUPLICATE).add(7); // neither right nor wrong

      // When
      String scrape = metrics.scrape();

      // Then
      for (String verdict :
          new String[] {
            "true_positive\"} 3.0", "false_positive\"} 0.0", "benign\"} 1.0", "duplicate\"} 7.0"
          }) {
        assertThat(scrape)
            .contains("vedette_detector_verdicts_total{detector=\"drift\",verdict=\"" + verdict);
      }
      assertThat(scrape)
          .contains("vedette_detector_precision{detector=\"drift\"} 0.75")
          .contains("vedette_detector_precision{detector=\"evasion\"} NaN");
    }
  }

  @Test
  void shouldCountALagOnceWhenKafkaShowsATopicTwice() {
    try (Metrics metrics = new Metrics()) {
      // Given
      metrics.once(List.of("inference.requests", "soc_lab", "soc.lab", "vedette.prod"));

      // When: with periods, with underscores, and names that are like the doubles of others
      for (String topic :
          new String[] {
            "inference.requests",
            "inference_requests",
            "soc_lab",
            "soc.lab",
            "vedette.prod-cells-repartition",
            "vedette_prod-cells-repartition",
            "others"
          }) {
        metrics.registry().gauge("kafka.lag", Tags.of("topic", topic), 1);
      }

      // Then
      assertThat(metrics.registry().find("kafka.lag").gauges())
          .extracting(gauge -> gauge.getId().getTag("topic"))
          .containsExactlyInAnyOrder(
              "inference.requests",
              "soc_lab",
              "soc.lab",
              "vedette.prod-cells-repartition",
              "others");
    }
  }

  @Test
  void shouldTellOfEveryDetectorWhenScraped() {
    try (Metrics metrics = new Metrics()) {
      // Given
      metrics.counters().detector("drift").events.add(3);
      metrics.counters().detector("drift").nanoseconds.add(2_500_000_000L);
      metrics.counters().missingResponses.add(4);

      // When
      String scrape = metrics.scrape();

      // Then
      for (Profile profile : Wiring.profiles()) {
        for (String name : new String[] {"events", "findings", "fenced", "seconds"}) {
          assertThat(scrape)
              .contains("vedette_detector_" + name + "_total{detector=\"" + profile.id() + "\"}");
        }
      }
      assertThat(scrape)
          .contains("vedette_detector_events_total{detector=\"drift\"} 3.0")
          .contains("vedette_detector_seconds_total{detector=\"drift\"} 2.5")
          .contains("vedette_pairing_missing_responses_total 4.0")
          .contains("vedette_detection_delay_seconds_count 0")
          .contains("vedette_incident_delay_seconds_count 0")
          .contains("vedette_incident_evidence_span_seconds_count 0");
    }
  }
}
