package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineCommandTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline",
        "baseline --in a.jsonl",
        "baseline --out b.jsonl",
        "baseline --publish b.jsonl --in a.jsonl",
        "baseline --publish b.jsonl --out c.jsonl"
      })
  void shouldRefuseWhenItIsNotClearWhatToDo(String line) {
    assertThat(Main.execute(line.split(" "))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline --publish absent.jsonl", "baseline --in absent --out b.jsonl"})
  void shouldFailWhenTheFileIsMissing(String line) {
    assertThat(Main.execute(line.split(" "))).isEqualTo(1);
  }
}
