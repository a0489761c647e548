package io.vedette.detect.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.CallerId;
import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.detect.CellSighting;
import io.vedette.detect.CleanModel;
import io.vedette.detect.Wagers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketsTest {

  @ParameterizedTest
  @CsvSource({"0.5, 0, true", "0.35, 0, true", "0.2, 0, false", "0.9, 0, false", "0.5, 0.1, false"})
  void shouldSeeTheBracketWhenTheRowLiesBetween(double t, double off, boolean expected) {
    // Given
    CellMembers members = new CellMembers(new Wagers(2, 4));
    members.add(at(0, 0, 0, 1));
    members.add(at(1, 2_000, 0, 2));

    // When
    boolean bracketed = Brackets.bracketed(members, at(2, 2_000 * t, 2_000 * off, 1));

    // Then
    assertThat(bracketed).isEqualTo(expected);
  }

  @Test
  void shouldSeeNoneWhenTheEndsAgree() {
    // Given
    CellMembers members = new CellMembers(new Wagers(2, 4));
    members.add(at(0, 0, 0, 1));
    members.add(at(1, 2_000, 0, 1));

    // When
    boolean bracketed = Brackets.bracketed(members, at(2, 1_000, 0, 2));

    // Then
    assertThat(bracketed).isFalse();
  }

  @Test
  void shouldSeeNoneWhenTheSegmentIsAsShortAsRounding() {
    // Given
    CellMembers members = new CellMembers(new Wagers(2, 4));
    members.add(at(0, 0, 0, 1));
    members.add(at(1, 20, 0, 2));

    // When
    boolean bracketed = Brackets.bracketed(members, at(2, 10, 0, 1));

    // Then
    assertThat(bracketed).isFalse();
  }

  @Test
  void shouldSeeTheBracketWhenSketchesWrapAround() {
    // Given ends on both sides of the largest short
    CellMembers members = new CellMembers(new Wagers(2, 4));
    members.add(at(0, 32_000, 0, 1));
    members.add(at(1, 34_000, 0, 2));

    // When
    boolean bracketed = Brackets.bracketed(members, at(2, 33_000, 0, 1));

    // Then
    assertThat(bracketed).isTrue();
  }

  private static CellSighting at(int n, double first, double second, int label) {
    short[] sketch = new short[CellMembers.SKETCH];
    Arrays.fill(sketch, (short) 100);
    sketch[0] = (short) Math.round(first);
    sketch[1] = (short) (100 + Math.round(second));
    return new CellSighting(
        1,
        new CallerId("acme", "eve"),
        CleanModel.MODEL,
        n,
        n + 1,
        label,
        0.9f,
        sketch,
        new Sample("r-" + n, new Origin("requests", 0, n)));
  }
}
