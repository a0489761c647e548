package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

  private static final Map<String, Map<String, Set<String>>> SCRAPE =
      Map.of(
          "vedette_ready", Map.of(),
          "jvm_memory_used_bytes", Map.of("area", Set.of("heap", "nonheap")),
          "vedette_delay_bucket", Map.of("le", Set.of("1.0")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum by (job) (vedette_ready{job=~"$job"}) | []
          sum by (area) (rate(jvm_memory_used_bytes[5m])) / sum by (job) (vedette_ready) | []
          max by (job, le) (vedette_delay_bucket) > 1 and vedette_ready | []
          vedette_redy > 0 | [vedette_redy]
          sum by (area) (vedette_ready) | [vedette_ready by area]
          sum by (job) (sum by (job, aera) (rate(jvm_memory_used_bytes[5m])) / vedette_ready) | [jvm_memory_used_bytes by aera]
          jvm_memory_used_bytes{arae=~"heap"} | [jvm_memory_used_bytes by arae]
          jvm_memory_used_bytes{area="heep"} | [jvm_memory_used_bytes with area=heep]
          kubelet_volume_stats_available_bytes{x="y"} | []
          """)
  void shouldNameWhatTheScrapeLacksWhenAQueryTakesItForGranted(String query, String missing) {
    assertThat(new Query(query).missing(SCRAPE).toString()).isEqualTo(missing);
  }

  @Test
  void shouldHaveTheLabelsOfItsGroupingWhenGrouped() {
    assertThat(new Query("sum by (area) (jvm_memory_used_bytes)").result(SCRAPE))
        .containsExactly("area");
    assertThat(new Query("jvm_memory_used_bytes").result(SCRAPE))
        .containsExactly("area", "instance", "job");
  }
}
