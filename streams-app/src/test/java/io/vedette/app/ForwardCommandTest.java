package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.vedette.stream.SiemView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ForwardCommandTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--to ftp --url tcp://siem.example:514",
        "--to syslog --url http://siem.example",
        "--to http --url tcp://siem.example:514",
        "--to syslog --url nonsense",
        "--to syslog --url tcp://siem.example --view xml",
        "--to syslog --url tcp://siem.example --start middle",
        "--to syslog --url tcp://siem.example --max-refusals 0",
        "--to syslog --url tcp://siem.example --facility 24",
        "--to http --url http://siem.example --as soap",
        "--to syslog"
      })
  void shouldEndWithUsageWhenOptionsAreWrong(String options) {
    // Given
    StringWriter errors = new StringWriter();
    CommandLine line = new CommandLine(new ForwardCommand()).setErr(new PrintWriter(errors));

    // When
    int code = line.execute(options.split(" "));

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines().findFirst().orElse(""))
        .matches("--\\S+ must .*|Missing required option: '--url=URL'");
  }

  @Test
  void shouldPublishOcsfAloneWhenNothingIsSet() {
    assertThat(SiemViews.of(Settings.defaults()))
        .extracting(SiemView::name, SiemView::topic)
        .containsExactly(tuple("ocsf", "vedette.incidents.ocsf"));
  }

  @Test
  void shouldFollowSettingsWhenViewsAreSwitched() throws SettingsException {
    // Given
    Settings settings =
        SettingsLoader.load(
            null,
            Map.of(
                "VEDETTE_SIEM_OCSF", "false",
                "VEDETTE_SIEM_ECS", "true",
                "VEDETTE_SIEM_CEF", "true",
                "VEDETTE_TOPICS_CEF", "soc.cef"));

    // When
    List<String> topics = SiemViews.of(settings).stream().map(SiemView::topic).toList();

    // Then
    assertThat(topics).containsExactly("vedette.incidents.ecs", "soc.cef");
  }

  @Test
  void shouldNameTheKeyWhenRunbookIsNoAddress() {
    Map<String, String> environment = Map.of("VEDETTE_SIEM_RUNBOOKURL", "javascript:alert(1)");
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> SettingsLoader.load(null, environment));
    assertThat(error.errors())
        .singleElement()
        .asString()
        .contains("siem.runbookUrl must be an http:// or https:// address");
  }
}
