package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.State;
import io.vedette.stream.Engines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States as this and every released version wrote them, which a new version must read: an upgrade
 * keeps the state directory and the changelogs. {@code -Dvedette.update=true} writes those of this
 * version anew; those of a release are never touched again.
 */
class StateFormatsTest {

  /** The version whose states are written; raised with the project's own after a release. */
  private static final String CURRENT = "0.1.0";

  private static final Path ROOT = Path.of("src/test/resources/io/vedette/app/states");
  private static final int HEADER = 1 + Long.BYTES; // format, last use
  private static final List<String> STORES =
      List.of("caller-states", "cell-states", "model-states", "incident-states");

  static Stream<Path> versions() throws Exception {
    if (Boolean.getBoolean("vedette.update")) {
      StateSamples.write(ROOT.resolve(CURRENT), STORES);
    }
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldReadTheStatesOfEveryVersionWhenTheyWereWrittenOnce(Path version) throws Exception {
    for (String store : STORES) {
      Map<String, byte[]> states = StateSamples.read(version, store);
      assertThat(states.size()).as(store).isPositive();
      for (Map.Entry<String, byte[]> entry : states.entrySet()) {
        // Given
        byte[] written = entry.getValue();
        assertThat(written[0]).as("%s of %s: format", entry.getKey(), store).isEqualTo((byte) 1);
        var in = new DataInputStream(new ByteArrayInputStream(written, HEADER, written.length));

        // When
        State state = read(store, in);

        // Then
        assertThat(in.available()).as("%s of %s: bytes left", entry.getKey(), store).isZero();
        assertThat(state.bytes()).isPositive();
        if (version.endsWith(CURRENT)) {
          assertThat(body(state))
              .as(
                  "%s of %s: written again; when the format is meant to change and no release has"
                      + " it: -Dvedette.update=true",
                  entry.getKey(), store)
              .isEqualTo(Arrays.copyOfRange(written, HEADER, written.length));
        }
      }
    }
  }

  private static State read(String store, DataInput in) throws IOException {
    Engines engines = new Wiring(Settings.defaults()).engines().create(model -> null);
    return switch (store) {
      case "caller-states" -> engines.caller().read(in);
      case "cell-states" -> engines.cell().read(in);
      case "model-states" -> engines.model().read(in);
      default -> engines.book().read(in);
    };
  }

  private static byte[] body(State state) throws IOException {
    var bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
