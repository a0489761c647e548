package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

  private static final Frame FRAME =
      new Frame(
          2,
          List.of("city", "country"),
          new float[] {10, 0, 0, 0},
          new float[] {0.5f, 1, 1, 1},
          new float[] {1, 0});

  @Test
  void shouldCentreAndScaleWhenNumbersAreUsual() {
    // Given
    float[] z = new float[4];

    // When
    FRAME.standardise(row(new float[] {14, -3}, "Bonn", "DE"), 0, z);

    // Then
    assertThat(z[0]).isEqualTo(2);
    assertThat(z[1]).isEqualTo(-3);
  }

  @Test
  void shouldStayFiniteWhenNumbersAreNot() {
    // Given
    float[] odd = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE
    };

    // When
    for (float v : odd) {
      float[] z = new float[4];
      FRAME.standardise(row(new float[] {v, v}, "", ""), 0, z);

      // Then
      for (float c : z) {
        assertThat(c).isBetween(-50f, 50f);
      }
    }
  }

  @Test
  void shouldReadTheRowThatWasAskedForWhenTheCallHasSeveral() {
    // Given
    Payload.Features features =
        new Payload.Features(
            new float[] {10, 0, 12, 7},
            2,
            2,
            new int[] {2},
            List.of(
                new Payload.Categorical("city", List.of("Bonn", "Lyon")),
                new Payload.Categorical("country", List.of("DE", "FR"))),
            false);
    float[] z = new float[4];

    // When
    FRAME.standardise(features, 1, z);

    // Then
    assertThat(z).containsExactly(1, 7, Frame.coordinate(0, "Lyon"), Frame.coordinate(1, "FR"));
  }

  @Test
  void shouldSpreadCategoriesAboutZeroWhenThereAreMany() {
    // Given
    int n = 10_000;
    double sum = 0;
    double squares = 0;

    // When
    for (int i = 0; i < n; i++) {
      double c = Frame.coordinate(3, "value-" + i);
      sum += c;
      squares += c * c;
    }

    // Then
    assertThat(sum / n).isCloseTo(0, within(0.05));
    assertThat(squares / n).isCloseTo(1, within(0.05));
    assertThat(Frame.coordinate(0, "DE")).isEqualTo(Frame.coordinate(0, "DE"));
    assertThat(Frame.coordinate(0, "DE")).isNotEqualTo(Frame.coordinate(1, "DE"));
  }

  @Test
  void shouldPlaceALongCategoryAlikeWhenOnlyItsHashWasLearnt() {
    // Given
    String text = "x".repeat(300);

    // When
    float placed = Frame.coordinate(0, text);

    // Then
    assertThat(placed).isEqualTo(Frame.coordinate(0, Hashes.bounded(text)));
    assertThat(Hashes.bounded(text)).hasSizeLessThan(20);
    assertThat(Hashes.bounded("DE")).isEqualTo("DE");
  }

  @Test
  void shouldFitOnlyItsOwnColumnsWhenPayloadsDiffer() {
    // Given
    Payload.Features same = row(new float[] {1, 2}, "Bonn", "DE");
    Payload.Features wider = row(new float[] {1, 2, 3}, "Bonn", "DE");
    Payload.Features renamed =
        new Payload.Features(
            new float[] {1, 2},
            1,
            2,
            new int[] {2},
            List.of(
                new Payload.Categorical("city", List.of("Bonn")),
                new Payload.Categorical("region", List.of("NW"))),
            false);

    // When / Then
    assertThat(FRAME.fits(same)).isTrue();
    assertThat(FRAME.fits(wider)).isFalse();
    assertThat(FRAME.fits(renamed)).isFalse();
  }

  private static Payload.Features row(float[] values, String city, String country) {
    return new Payload.Features(
        values,
        1,
        values.length,
        new int[] {values.length},
        List.of(
            new Payload.Categorical("city", List.of(city)),
            new Payload.Categorical("country", List.of(country))),
        false);
  }
}
