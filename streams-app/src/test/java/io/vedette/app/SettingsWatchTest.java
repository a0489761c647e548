package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsWatchTest {

  private static final String START =
      """
      kafka: {stateDir: %s}
      alerting: {closeAfter: PT1H}
      actions: {detectors: [extraction], throttleFrom: 0.99}
      cells: {salt: first-secret}
      """;

  @TempDir private Path directory;
  private final SettingsTally tally = new SettingsTally();
  private Path file;
  private LiveSettings live;
  private SettingsWatch watch;

  @BeforeEach
  void start() throws Exception {
    file = write(START);
    live = new LiveSettings(SettingsLoader.load(file, Map.of()));
    watch = new SettingsWatch(file, Map.of(), live, tally);
  }

  @Test
  void shouldTakeThresholdsAndAdviceAndNothingElseWhenTheFileChanges() throws Exception {
    // Given
    Settings before = live.current();
    String hash = live.configHash();
    write(
        START
                .replace("PT1H", "PT2H")
                .replace("0.99", "0.9")
                .replace("first-secret", "second-secret")
            + "pairing: {maxWait: PT5S}\n");

    // When
    watch.look();

    // Then
    Settings now = live.current();
    assertThat(now.alerting().closeAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(now.actions().throttleFrom()).isEqualTo(0.9);
    assertThat(now.pairing()).isEqualTo(before.pairing());
    assertThat(now.cells().salt()).isEqualTo("first-secret");
    assertThat(live.configHash()).isNotEqualTo(hash).isEqualTo(now.configHash());
    assertThat(tally.applied().sum()).isEqualTo(1);
    assertThat(tally.refused().sum()).isZero();
    assertThat(Files.readString(directory.resolve("vedette.last-settings")))
        .contains("alerting.closeAfter: PT2H")
        .doesNotContain("secret");
  }

  @Test
  void shouldTellWhatIsInForceAndWhatWaitsWhenSettingsAreTaken() throws Exception {
    // Given
    Path changed = write(START.replace("PT1H", "PT2H").replace("first-secret", "second-secret"));

    // When
    LiveSettings.Changes changes = live.take(SettingsLoader.load(changed, Map.of()));

    // Then
    assertThat(changes.applied()).containsExactly("alerting.closeAfter: PT1H -> PT2H");
    assertThat(changes.waiting()).containsExactly("cells.salt: (hidden) -> (hidden)");
  }

  @Test
  void shouldKeepTheOldOnesWhenTheFileIsNotValid() throws Exception {
    // Given
    Settings before = live.current();
    write(START.replace("PT1H", "soon"));

    // When
    watch.look();
    watch.look();

    // Then
    assertThat(live.current()).isSameAs(before);
    assertThat(tally.refused().sum()).as("counted once, not at every look").isEqualTo(1);
    assertThat(tally.applied().sum()).isZero();
    assertThat(tally.stale()).as("the file still is not what holds").isTrue();
  }

  @Test
  void shouldRecoverWhenTheFileIsValidAgain() throws Exception {
    // Given
    write("alerting: {");
    watch.look();
    assertThat(tally.stale()).isTrue();
    write(START.replace("PT1H", "PT90M"));

    // When
    watch.look();

    // Then
    assertThat(live.current().alerting().closeAfter()).isEqualTo(Duration.ofMinutes(90));
    assertThat(tally.stale()).isFalse();
  }

  @Test
  void shouldNoLongerBeStaleWhenTheFileIsAgainAsItWas() throws Exception {
    // Given
    write("alerting: {");
    watch.look();
    write(START);

    // When
    watch.look();

    // Then
    assertThat(tally.stale()).isFalse();
  }

  @Test
  void shouldRefuseWhenTheFileIsLongerThanSettingsMayBe() throws Exception {
    // Given
    write(START + "#".repeat((int) SettingsLoader.MAX_FILE_BYTES));

    // When
    watch.look();
    watch.look();

    // Then
    assertThat(tally.refused().sum()).isEqualTo(1);
    assertThat(tally.stale()).isTrue();
  }

  @Test
  void shouldDoNothingWhenTheFileIsTheSameOrAway() throws Exception {
    // Given
    Settings before = live.current();

    // When
    write(START);
    watch.look();
    Files.delete(file);
    watch.look();

    // Then
    assertThat(live.current()).isSameAs(before);
    assertThat(tally.applied().sum() + tally.refused().sum()).isZero();
  }

  @Test
  void shouldWaitForARestartWhenAdviceIsSwitchedOff() throws Exception {
    // Given
    write(START.replace("[extraction]", "[]").replace("PT1H", "PT2H"));

    // When
    watch.look();

    // Then
    assertThat(live.current().actions().detectors()).containsExactly("extraction");
    assertThat(live.current().alerting().closeAfter()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void shouldRefuseWhenNewThresholdsDoNotFitOldAdvice() throws Exception {
    // Given: advice of 26 hours that stays on, and incidents that may be silent for longer
    Settings before = live.current();
    write(START.replace("[extraction]", "[]").replace("PT1H", "P2D"));

    // When
    watch.look();

    // Then
    assertThat(live.current()).isSameAs(before);
    assertThat(tally.refused().sum()).isEqualTo(1);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(
        directory.resolve("vedette.yaml"), text.formatted(directory.toString()));
  }
}
