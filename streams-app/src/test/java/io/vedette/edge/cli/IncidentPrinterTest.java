package io.vedette.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Incident;
import io.vedette.core.Measurement;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentPrinterTest {

  private static final long TIME = 1_772_355_600_125_000L; // 2026-03-01T09:00:00.125Z
  private static final List<Measurement> EVIDENCE =
      List.of(
          new Measurement("cell_collisions", 412, "{query}", 20),
          new Measurement("shapiro_wilk_w", 0.71234567, "1", 0.9),
          new Measurement("share", 12.5, "%", Double.NaN),
          new Measurement("fourth", 1, "1", 2));

  private final IncidentPrinter printer = new IncidentPrinter(false);

  @Test
  void shouldSayWhoWhatWhyWhenAnIncidentOpens() {
    // When
    String text = printer.render(incident("svc", "Model extraction", 1, null));

    // Then
    assertThat(text)
        .isEqualTo(
            """
            2026-03-01 09:00:00Z  HIGH           CREATE  Model extraction
              who    acme / svc
              model  credit-risk   since 2026-03-01 09:00:00Z, 1200 exchanges when it opened,\
             confidence 0.93
              why    cell collisions 412 query (limit 20); shapiro wilk w 0.7123 (limit 0.9);\
             share 12.5%
              how    AML.T0024.002 Extract AI Model
              id     i-1
            """);
  }

  @Test
  void shouldNameThreeMembersWhenACampaignHasMore() {
    // When
    String text = printer.render(incident("svc", "t", 50, "quiet"));

    // Then
    assertThat(text).contains("svc, svc, svc and 47 more\n").contains("i-1   closed: quiet\n");
  }

  @Test
  void shouldPrintNoForeignControlCharactersWhenNamesAreHostile() {
    // Given
    String hostile = "a\u001b[2J\r\nb\u202eroot\u0007\u009b31m\u200b\ud800\u2028";

    // When
    String text = printer.render(incident(hostile, hostile, 2, hostile));

    // Then
    assertThat(text.lines()).hasSize(6);
    assertThat(text).contains("a\\u{1b}[2J\\u{d}\\u{a}b\\u{202e}root\\u{7}\\u{9b}31m");
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @Test
  void shouldStayShortWhenNamesAreEndless() {
    // When
    String text = printer.render(incident("x".repeat(100_000), "y".repeat(100_000), 50, null));

    // Then
    assertThat(text.length()).isLessThan(1000);
  }

  @Test
  void shouldColourOnlyTheSeverityWhenAsked() {
    // When
    String text = new IncidentPrinter(true).render(incident("svc", "t", 1, null));

    // Then
    assertThat(text.split("\u001b", -1)).hasSize(3);
    assertThat(text).contains("\u001b[31mHIGH         \u001b[0m");
  }

  @ParameterizedTest
  @CsvSource({"plain, plain", "a\tb, a\\u{9}b", "e\u0301\u0301\u0301, e\u0301\u0301\\u{301}"})
  void shouldEscapeWhatIsHiddenWhenTextIsCleaned(String text, String clean) {
    assertThat(TerminalText.clean(text, 40)).isEqualTo(clean);
  }

  private static Incident incident(String principal, String title, int members, String reason) {
    return new Incident(
        "i-1",
        Incident.Activity.CREATE,
        0,
        TIME,
        TIME,
        TIME,
        TIME,
        "acme",
        Collections.nCopies(members, principal),
        "credit-risk",
        List.of("extraction"),
        List.of(new Technique("AML.T0024.002", "Extract AI Model")),
        Severity.HIGH,
        0.93,
        80,
        7,
        1200,
        title,
        "s",
        EVIDENCE,
        List.of(),
        reason);
  }
}
