package io.vedette.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Profile;
import io.vedette.core.Technique;
import io.vedette.edge.siem.CoverageMatrix;
import io.vedette.edge.siem.Taxonomy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The detectors of the build, the data file and the page say the same. */
class CoveragePageTest {

  private static final Path PAGE = Path.of("COVERAGE.md");
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern TECHNIQUE = Pattern.compile("AML\\.T[0-9.]+[0-9]");
  private static final Taxonomy TAXONOMY = Taxonomy.load();

  static List<Profile> profiles() {
    return Wiring.profiles();
  }

  @Test
  void shouldBeCurrentWhenThePageIsRead() throws IOException {
    // When
    String rendered = CoverageMatrix.render(TAXONOMY, Wiring.profiles());
    if (Boolean.getBoolean("vedette.golden.update")) {
      Files.writeString(PAGE, rendered, StandardCharsets.UTF_8);
    }

    // Then
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
        .as("run this test with -Dvedette.golden.update=true")
        .isEqualTo(rendered);
  }

  /** The first table of the README is written by hand, for its sentences. */
  @ParameterizedTest
  @MethodSource("profiles")
  void shouldBeInTheReadmeWithItsTechniquesWhenBuilt(Profile profile) throws IOException {
    // When
    Pattern row =
        Pattern.compile(
            "^\\| `" + profile.id() + "` \\| .{20,} \\|(.*)\\| \\[.*]\\((.*)\\) \\|$",
            Pattern.MULTILINE);
    Matcher found = row.matcher(Files.readString(README, StandardCharsets.UTF_8));

    // Then
    assertThat(found.find()).as("row of %s in README.md", profile.id()).isTrue();
    Set<String> named =
        TECHNIQUE.matcher(found.group(1)).results().map(MatchResult::group).collect(toSet());
    assertThat(named)
        .as("techniques of %s in README.md", profile.id())
        .isEqualTo(profile.techniques().stream().map(Technique::id).collect(toSet()));
    assertThat(TAXONOMY.techniques().keySet()).containsAll(named);
    assertThat(README.resolveSibling(found.group(2))).exists();
  }

  @Test
  void shouldNameNoDetectorInTheReadmeThatIsNotBuilt() throws IOException {
    // When
    String readme = Files.readString(README, StandardCharsets.UTF_8);
    String table = readme.substring(readme.indexOf("| detector |"), readme.indexOf("COVERAGE.md"));

    // Then
    assertThat(Pattern.compile("(?m)^\\| `([a-z]+)` \\|").matcher(table).results())
        .extracting(row -> row.group(1))
        .containsExactlyInAnyOrderElementsOf(Wiring.profiles().stream().map(Profile::id).toList());
  }

  @Test
  void shouldKnowEveryDetectorOfTheContractWhenRead() {
    assertThat(TAXONOMY.detectors().keySet())
        .containsExactlyInAnyOrderElementsOf(Settings.DETECTORS);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldHoldEveryTechniqueThatADetectorClaimsWhenListed(Profile profile) {
    // Given
    Taxonomy.Entry entry = TAXONOMY.detectors().get(profile.id());

    // Then
    assertThat(entry).as("entry of detector %s in taxonomy.json", profile.id()).isNotNull();
    assertThat(profile.techniques())
        .as("techniques of detector %s", profile.id())
        .extracting(Technique::id)
        .isSubsetOf(entry.techniques());
    for (Technique technique : profile.techniques()) {
      assertThat(technique.name()).isEqualTo(TAXONOMY.fullName(technique.id()));
    }
    assertThat(profile.techniques().isEmpty()).isEqualTo(!entry.adversarial());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void shouldTellWhatADetectorHasCheckedAndWhatToDoWhenItIsBuilt(Profile profile) {
    // Given
    Taxonomy.Entry entry = TAXONOMY.detectors().get(profile.id());

    // Then
    assertThat(entry).isNotNull();
    assertThat(entry.checked())
        .as("innocent explanations that detector %s holds its evidence against", profile.id())
        .hasSizeBetween(3, 16)
        .allSatisfy(text -> assertThat(text).matches("[^.]{20,300}"));
    assertThat(entry.nextSteps()).isNotEmpty();
  }
}
