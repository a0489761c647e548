package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.detect.membership.Fingerprints;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsCommandTest {

  private static final String SECRET = "sixteen characters";

  @TempDir private Path dir;

  @Test
  void shouldMakeAFileThatSettingsNameWhenRowsAreGiven() throws Exception {
    // Given
    Path secret = Files.writeString(dir.resolve("secret"), SECRET + "\n");
    Path rows = Files.writeString(dir.resolve("rows.jsonl"), line(1) + line(2));
    Path decoys = Files.writeString(dir.resolve("decoys.jsonl"), line(3));
    Path out = dir.resolve("rows.bin");

    // When
    int exit =
        Main.execute(
            "fingerprints",
            "--training",
            rows.toString(),
            "--decoys",
            decoys.toString(),
            "--secret-file",
            secret.toString(),
            "--out",
            out.toString());

    // Then
    assertThat(exit).isZero();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(out))) {
      assertThat(Fingerprints.read(in, SECRET)).isNotNull();
    }
    assertThat(new Wiring(settings(out, SECRET)).engines()).isNotNull();
    assertThatThrownBy(() -> new Wiring(settings(out, SECRET + "!")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("detectors.membership.fingerprints");
  }

  @Test
  void shouldRefuseWhenTheSecretIsShort() throws IOException {
    // Given
    Path secret = Files.writeString(dir.resolve("secret"), "short");
    Path rows = Files.writeString(dir.resolve("rows.jsonl"), line(1));

    // When
    int exit =
        Main.execute(
            "fingerprints",
            "--training",
            rows.toString(),
            "--secret-file",
            secret.toString(),
            "--out",
            dir.resolve("rows.bin").toString());

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(dir.resolve("rows.bin")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fingerprints",
        "fingerprints --out a.bin",
        "fingerprints --secret-file s --out a"
      })
  void shouldRefuseWhenItIsNotClearWhatToDo(String line) {
    assertThat(Main.execute(line.split(" "))).isEqualTo(2);
  }

  private Settings settings(Path fingerprints, String secret)
      throws IOException, SettingsException {
    Path file =
        Files.writeString(
            dir.resolve("vedette.yaml"),
            "detectors: {membership: {fingerprints: %s, secret: %s}}%n"
                .formatted(fingerprints, secret));
    return SettingsLoader.load(file, Map.of());
  }

  private static String line(int n) {
    return """
        {"requestId":"r-%d","time":"2026-03-01T09:00:0%dZ","tenant":"t","principal":"p",\
        "model":{"name":"loan"},"input":{"features":[%d,2.5,0]}}
        """
        .formatted(n, n, n);
  }
}
