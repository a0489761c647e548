package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.edge.cli.AuditLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AuditLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.vedette.audit");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Level before = Level.INFO;

  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    before = logger.getEffectiveLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }

  @Test
  void shouldSayWhatChangedWhenAServiceStartsAgainWithOtherSettings() throws Exception {
    // Given
    AuditLog.settings(settings("PT15M", "first secret salt"));

    // When
    AuditLog.settings(settings("PT5M", "other secret salt"));

    // Then
    assertThat(lines.list).hasSize(2);
    assertThat(pair(0, "changed")).isEmpty();
    assertThat(pair(1, "changed"))
        .isEqualTo("alerting.heartbeat: PT15M -> alerting.heartbeat: PT5M");
    assertThat(pair(1, "config")).isNotEqualTo(pair(0, "config"));
    assertThat(pair(1, "who")).isEqualTo(System.getProperty("user.name"));
    assertThat(kept()).contains("cells.salt: (hidden)").doesNotContain("secret salt");
  }

  @Test
  void shouldNameWhatIsNewAndWhatIsGoneWhenKeysDiffer() {
    // When
    List<String> changes = AuditLog.changes("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nd: 5\n");

    // Then
    assertThat(changes).containsExactly("b: 2 -> b: 4", "unset d -> d: 5", "c: 3 -> unset");
  }

  @Test
  void shouldShowALineThatMovesNoCursorWhenNamesAreHostile() throws IOException {
    // Given
    AuditLine line =
        new AuditLine(Instant.EPOCH, "verdict", "a\u001b[2J\n", "b\u202ec\nfake", "t-0@1");

    // Then
    assertThat(line.text())
        .isEqualTo(
            "1970-01-01T00:00:00Z  verdict   a\\u{1b}[2J\\u{a}: b\\u{202e}c\\u{a}fake (t-0@1)\n");
    assertThat(line.json()).contains("\"who\":\"a\\u001B[2J\\n\"").doesNotContain("\u001b");
  }

  private Settings settings(String heartbeat, String salt) throws SettingsException {
    return SettingsLoader.load(
        null,
        Map.of(
            "VEDETTE_KAFKA_STATEDIR", directory.toString(),
            "VEDETTE_ALERTING_HEARTBEAT", heartbeat,
            "VEDETTE_CELLS_SALT", salt));
  }

  private String kept() throws IOException {
    return Files.readString(directory.resolve("vedette.last-settings"));
  }

  private String pair(int line, String key) {
    return lines.list.get(line).getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals(key))
        .map(pair -> String.valueOf(pair.value))
        .findFirst()
        .orElse("");
  }
}
