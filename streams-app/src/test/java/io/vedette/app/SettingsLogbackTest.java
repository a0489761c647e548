package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SettingsLogbackTest {

  @Test
  void shouldWriteOneShortLineWhenFormatIsText() throws Exception {
    // When
    String log =
        logged(
            "text",
            "INFO",
            c -> c.getLogger("io.vedette.app.Main").atInfo().addKeyValue("n", 3).log("up\nnow"));

    // Then
    assertThat(log).matches("\\d{4}-.*Z INFO  io\\.vedette\\.app\\.Main - up now n=\"3\"\\R");
  }

  @Test
  void shouldWriteJsonWhenFormatIsJson() throws Exception {
    // When
    String log =
        logged(
            "json",
            "INFO",
            c -> c.getLogger("io.vedette.app.Main").atInfo().addKeyValue("n", 3).log("up\nnow"));

    // Then
    assertThat(log.lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(log);
    assertThat(line.get("message").asText()).isEqualTo("up\nnow");
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("n").asInt()).isEqualTo(3);
  }

  @Test
  void shouldKeepTheAuditTrailWhenTheLevelIsHigh() throws Exception {
    // When
    String log =
        logged(
            "text",
            "ERROR",
            c -> {
              c.getLogger("io.vedette.app.Main").warn("hidden");
              c.getLogger("io.vedette.audit").info("shown");
            });

    // Then
    assertThat(log).doesNotContain("hidden").contains("shown");
  }

  @Test
  void shouldKeepKafkaQuietWhenItIsOnlyInformed() throws Exception {
    // When
    String log =
        logged(
            "text",
            "DEBUG",
            c -> {
              c.getLogger("org.apache.kafka.clients.NetworkClient").info("hidden");
              c.getLogger("org.apache.kafka.streams.StreamsConfig").warn("secret=hidden");
              c.getLogger("org.apache.kafka.clients.NetworkClient").warn("broker gone");
              c.getLogger("io.vedette.stream.Stage").debug("shown");
            });

    // Then
    assertThat(log).doesNotContain("hidden").contains("broker gone", "shown");
  }

  private static String logged(String format, String level, Consumer<LoggerContext> work)
      throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("vedette.log.format", format);
    context.putProperty("vedette.log.level", level);
    try (PrintStream capture = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
      System.setErr(capture);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(SettingsLogbackTest.class.getResource("/logback.xml"));
      work.accept(context);
    } finally {
      System.setErr(before);
      context.stop();
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
