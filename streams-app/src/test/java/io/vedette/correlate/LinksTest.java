package io.vedette.correlate;

import static io.vedette.correlate.Findings.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

  @Test
  void shouldForgetChanceMeetingsFirstAndThenTheLongestSilentWhenThereAreTooMany() {
    // Given
    Links links = new Links();
    for (int i = 0; i < 1_500; i++) {
      links.join(List.of("a" + i, "b" + i), "d" + i / 250, i, i, MINUTE, n -> true);
      links.meet(List.of("s" + i, "t" + i));
    }

    // When: hundreds of characters a name
    links.own("own");
    for (int i = 0; i < 100; i++) {
      links.meet(List.of("x".repeat(3_000) + i));
    }

    // Then: of 3,000 members the last ones
    assertThat(links.campaignOf("a0")).isEqualTo(-1);
    assertThat(links.campaignOf("a1499")).isNotEqualTo(-1);
    assertThat(links.campaignOf("b501")).isNotEqualTo(-1);
    assertThat(links.bytes()).isLessThan(900_000);
    int number = links.join(List.of("own"), "other", 2_000, 2_000, MINUTE, n -> true).campaign();
    assertThat(links.takeOwn(number)).containsExactly("own");
  }

  @Test
  void shouldStayOnePageWhenNamesAreLong() {
    // Given
    Links links = new Links();

    // When
    for (int i = 0; i < 1_000; i++) {
      links.join(List.of("x".repeat(1_000) + i, "y" + i), "evasion", i, i, MINUTE, n -> true);
    }

    // Then
    assertThat(links.bytes()).isBetween(400_000, 700_000);
    assertThat(links.campaignOf("y0")).isEqualTo(-1);
    assertThat(links.campaignOf("y999")).isZero();
  }
}
