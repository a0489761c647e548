package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.DetectorContract;
import io.vedette.core.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names what a detector of the catalogue lacks. */
class CatalogTest {

  private static final Path MAIN = Path.of("src/main/java/io/vedette/detect");
  private static final List<String> HEADINGS =
      List.of(
          "What it sees",
          "How",
          "Settings",
          "What it misses",
          "False positives",
          "Triage",
          "Sources");

  static List<Profile> profiles() {
    return Wiring.profiles();
  }

  @Test
  void shouldListEveryPackageWhenDetectorsAreAdded() throws IOException {
    // When
    List<String> packages;
    try (var folders = Files.list(MAIN)) {
      packages =
          folders.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
    }

    // Then
    assertThat(Wiring.profiles())
        .extracting(Profile::id)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldHaveAFaceInAPackageOfItsIdWhenListed(Profile profile) throws Exception {
    // When
    Object declared = named(profile, "").getField("PROFILE").get(null);

    // Then
    assertThat(declared).isSameAs(profile);
    assertThat(profile.title()).isNotBlank();
    assertThat(profile.techniques()).allMatch(t -> t.id().matches("AML\\.T\\d{4}(\\.\\d{3})?"));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldKeepTheContractWhenListed(Profile profile) throws Exception {
    // When
    Class<?> contract = named(profile, "ContractTest");

    // Then
    assertThat(DetectorContract.class).isAssignableFrom(contract);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldHaveAnAnalystsPageWhenListed(Profile profile) throws IOException {
    // Given
    Path page = MAIN.resolve(profile.id()).resolve("README.md");
    assertThat(page).as("analyst's page of %s", profile.id()).exists();

    // When
    List<String> headings =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).strip())
            .toList();

    // Then
    assertThat(headings).containsAll(HEADINGS);
  }

  private static Class<?> named(Profile profile, String suffix) throws ClassNotFoundException {
    String id = profile.id();
    String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    return Class.forName("io.vedette.detect." + id + "." + name + suffix);
  }
}
