package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Payload;
import io.vedette.detect.membership.Fingerprints;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    String printed =
        Printed.by(
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
    assertThat(printed).isEqualTo("3 rows in " + out + System.lineSeparator());
    Fingerprints expected =
        new Fingerprints.Builder(SECRET)
            .add("loan", features(1), false)
            .add("loan", features(2), false)
            .add("loan", features(3), true)
            .build();
    assertThat(out).hasBinaryContent(bytes(expected));
    try (DataInputStream in = new DataInputStream(Files.newInputStream(out))) {
      assertThat(bytes(Fingerprints.read(in, SECRET))).isEqualTo(bytes(expected));
    }
    assertThatCode(() -> new Wiring(settings(out, SECRET))).doesNotThrowAnyException();
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

  private static byte[] bytes(Fingerprints fingerprints) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fingerprints.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Payload.Features features(int n) {
    return new Payload.Features(new float[] {n, 2.5f, 0}, 1, 3, new int[] {3}, List.of(), false);
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
