package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFileTest {

  @TempDir private Path dir;

  @Test
  void shouldReadNumbersAndWordsWhenThereIsAHeader() throws IOException {
    // Given
    Path file = write("age,job,income\n38,Sales,>50K\n50,Farming,<=50K\n\n28,Sales,<=50K\n");

    // When
    List<Row> rows = DataFile.read(file, "");

    // Then: words count in their order, classes too
    assertThat(rows).extracting(Row::label).containsExactly(1, 0, 0);
    assertThat(rows.get(0).x()).containsExactly(38, 1);
    assertThat(rows.get(1).x()).containsExactly(50, 0);
  }

  @ParameterizedTest
  @CsvSource({"label", "1"})
  void shouldTakeTheNamedColumnWhenTheLabelIsNotLast(String label) throws IOException {
    // Given
    Path file = write("label,a,b\n3,0,1\n5,0.5,1\n");

    // When
    List<Row> rows = DataFile.read(file, label);

    // Then
    assertThat(rows).extracting(Row::label).containsExactly(0, 1);
    assertThat(rows.get(1).x()).containsExactly(0.5f, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'1,2;1' | '' | line 2 must have as many columns as the first",
        "'1,2;1,3' | 7 | must be one of its columns, or 1 to 2, was 7",
        "'1,2;1,2' | '' | must have 2 to 64 classes, has 1",
        "'1,2' | '' | must have two rows at least, has 1",
        "'' | '' | is empty"
      })
  void shouldSayWhatIsWrongWhenTheFileIsNoTable(String text, String label, String message)
      throws IOException {
    // Given
    Path file = write(text.replace(';', '\n'));

    // When // Then
    assertThatThrownBy(() -> DataFile.read(file, label))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldDrawRowsLikeTheDataWhenAsked() {
    // Given: two classes, a whole and a broken column
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new Row(new float[] {i % 4, 0.25f * i}, i % 2));
    }
    DataPopulation population = new DataPopulation("d", rows, 2);

    // When
    List<Row> drawn = population.sample(new Rng(7), 500);

    // Then
    assertThat(population.whole(0)).isTrue();
    assertThat(population.whole(1)).isFalse();
    assertThat(drawn)
        .allSatisfy(
            row -> {
              assertThat(row.x()[0] % 2).isEqualTo((float) row.label());
              assertThat(row.x()[1]).isBetween(0f, 9.75f);
            });
    assertThat(drawn.stream().map(r -> r.x()[1]).distinct().count()).isGreaterThan(450);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("data.csv"), text);
  }
}
