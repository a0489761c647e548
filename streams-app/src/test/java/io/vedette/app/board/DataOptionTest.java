package io.vedette.app.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.lab.DataVenue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DataOptionTest {

  @TempDir private Path directory;

  @Test
  void shouldTakeTheFileWhenPartsHaveValues() throws IOException {
    // When
    DataVenue venue = new DataOption().convert(file() + ":label=a:model=linear");

    // Then
    assertThat(venue.name()).isEqualTo("data-linear");
  }

  @ParameterizedTest
  @ValueSource(strings = {"label", "side", "model", ""})
  void shouldRefuseWhenAPartHasNoValue(String part) throws IOException {
    // Given
    String option = file() + ":" + part;

    // Then
    assertThatThrownBy(() -> new DataOption().convert(option))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("a part must be label=, side= or model= and its value, was '" + part + "'");
  }

  private Path file() throws IOException {
    return Files.writeString(directory.resolve("data.csv"), "a,b,c\n0,1,0\n1,2,1\n0,3,0\n");
  }
}
