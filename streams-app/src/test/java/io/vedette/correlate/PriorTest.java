package io.vedette.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTest {

  @Test
  void shouldSumToOneAtMostWhenAnyDetectorsAreTogether() {
    // Given
    List<String> ids = List.of("extraction", "evasion", "inversion", "membership", "a", "b", "c");

    // When // Then
    for (int set = 1; set < 1 << ids.size(); set++) {
      double sum = 0;
      for (int i = 0; i < ids.size(); i++) {
        sum += (set >> i & 1) == 0 ? 0 : Prior.weight(ids.get(i), Integer.bitCount(set));
      }
      assertThat(sum).as("set %d", set).isBetween(0.1, 1 + 1e-12);
    }
    assertThat(Prior.weight("evasion", 4)).isEqualTo(3 / 8.0);
    assertThat(Prior.weight("inversion", 4)).isEqualTo(1 / 8.0);
  }
}
