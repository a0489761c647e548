package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChainTest {

  private static final List<String> LINES = List.of("{\"a\":1}", "", "{\"a\":\"ä\"}", "{}");

  @TempDir private Path directory;

  @Test
  void shouldBeWholeWhenNothingWasChanged() throws IOException {
    // When
    LineChain.Result found = LineChain.check(file(LINES));

    // Then: as Python's hashlib says
    assertThat(found.broken()).isZero();
    assertThat(found.lines()).isEqualTo(4);
    assertThat(found.hash())
        .isEqualTo("839b120dde0be4702ec97fba01c68bdd5b6b494edfa61642f203e6cb05da8a9c");
  }

  @Test
  void shouldNameTheFirstLineWhenOneIsChangedRemovedAddedOrMoved() throws IOException {
    for (int at = 0; at < LINES.size(); at++) {
      List<String> changed = new ArrayList<>(LINES);
      changed.set(at, LINES.get(at) + ' ');
      List<String> removed = new ArrayList<>(LINES);
      removed.remove(at);
      List<String> added = new ArrayList<>(LINES);
      added.add(at, "{\"b\":2}");
      for (List<String> now : List.of(changed, removed, added)) {
        // Given
        Path file = file(LINES);
        Files.write(file, now);

        // When
        LineChain.Result found = LineChain.check(file);

        // Then
        assertThat(found.broken()).as("%s", now).isEqualTo(at + 1);
        assertThat(found.lines()).isEqualTo(at);
        int exit = Main.execute("verify", "--in", file.toString());
        assertThat(exit).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldRefuseWhenThereIsNoChain() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("alone.jsonl"), "{}\n");

    // Then
    assertThat(Main.execute("verify", "--in", file.toString())).isEqualTo(2);
    assertThat(Main.execute("verify")).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhenALineIsTooLongToBeAnIncidentOrAHash() throws IOException {
    // Given
    Path lines = file(LINES);
    Files.writeString(lines, LINES.get(0) + "\n" + "a".repeat((1 << 22) + 1) + "\n");
    Path hashes = LineChain.beside(lines);

    // Then
    assertThatThrownBy(() -> LineChain.check(lines))
        .isInstanceOf(IOException.class)
        .hasMessage(lines + " line 2 must have at most 4194304 characters");
    file(LINES);
    Files.writeString(hashes, "a".repeat(257));
    assertThatThrownBy(() -> LineChain.check(lines))
        .hasMessage(hashes + " line 1 must have at most 256 characters");
    assertThat(Main.execute("verify", "--in", lines.toString())).isEqualTo(1);
  }

  private static List<String> hashes() {
    LineChain chain = new LineChain();
    return LINES.stream().map(chain::next).toList();
  }

  private Path file(List<String> lines) throws IOException {
    Path file = directory.resolve("incidents.jsonl");
    Files.write(file, lines);
    Files.write(LineChain.beside(file), hashes());
    return file;
  }
}
