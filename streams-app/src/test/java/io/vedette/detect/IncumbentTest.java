package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vedette.core.Answer;
import io.vedette.core.Payload;
import io.vedette.stats.StratumBet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncumbentTest {

  private static final int SIDE = 24;
  private static final int LABEL = 1;

  private final Random random = new Random(11);
  private final float[] weights = noise(1);
  private final Tiles tiles = new Tiles();
  private Incumbent incumbent = new Incumbent();
  private final double[] capital = new double[StratumBet.SIZE];
  private long strata;
  private double best = 1;

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 14})
  void shouldSeeThatPatchesAreKeptWhenTheyHelp(int width) {
    // Given a search that paints squares [2], whatever they are wide
    float[] picture = picture();
    float score = ask(picture);

    // When
    for (int query = 0; query < 150; query++) {
      float[] next = painted(picture, width);
      float asked = ask(next);
      if (asked < score) {
        score = asked;
        picture = next;
      }
    }

    // Then
    assertThat(best).isGreaterThan(1e6);
    assertThat(incumbent.agreed()).isGreaterThan((int) (1.2 * incumbent.expected()));
    assertThat(incumbent.seen()).isLessThanOrEqualTo(150);
  }

  @Test
  void shouldSeeItThroughPicturesOfOthersAndOverSeveralTargets() {
    // Given
    for (int target = 0; target < 10; target++) {
      float[] picture = picture();
      float score = ask(picture);
      for (int query = 0; query < 20; query++) {
        ask(picture());
        ask(picture());
        float[] next = painted(picture, 6);
        float asked = ask(next);
        if (asked < score) {
          score = asked;
          picture = next;
        }
      }
    }

    // Then
    assertThat(best).isGreaterThan(1e6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"walk", "occlusion", "noise", "flicker", "pan", "fade", "return"})
  void shouldFindNoChoiceWhereThereIsNone(String kind) {
    double most = 1;
    long trials = 0;
    for (int run = 0; run < 200; run++) {
      // Given
      incumbent = new Incumbent();
      Arrays.fill(capital, 0);
      strata = 0;
      best = 1;
      float[] first = picture();
      float[] picture = first.clone();
      for (int row = 0; row < 120; row++) {
        // When
        picture =
            switch (kind) {
              case "walk" -> painted(picture, 6); // keeps all
              case "occlusion" -> painted(first, 6); // keeps nothing
              case "noise" -> touched(first, 20); // some pixels of a sensor
              case "flicker" -> random.nextBoolean() ? painted(first, 6) : painted(picture, 6);
              case "pan" -> panned(picture);
              case "fade" -> faded(picture, row);
              default -> row % 12 < 6 ? painted(picture, 3) : towards(picture, first);
            };
        ask(picture);
      }
      most = Math.max(most, best);
      trials += incumbent.seen();
    }

    // Then: a benign caller reaches that in one case of a thousand at most
    assertThat(most).isLessThan(1000);
    assertThat(trials > 0).isEqualTo(!kind.equals("pan")); // whose band tells the two not apart
  }

  @Test
  void shouldGoOnAfterItWasWrittenAndRead() throws IOException {
    // Given
    float[] picture = picture();
    float score = ask(picture);
    for (int query = 0; query < 57; query++) {
      float[] next = painted(picture, 6);
      float asked = ask(next);
      if (asked < score) {
        score = asked;
        picture = next;
      }
    }

    // When
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    incumbent.write(new DataOutputStream(bytes));
    Incumbent other =
        Incumbent.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    byte[] hashes = new byte[Tiles.COUNT];
    for (int query = 0; query < 40; query++) {
      float[] next = painted(picture, 6);
      ask(next);
      tiles.measure(payload(next), 0, hashes);
      other.measure(hashes, LABEL, score(next));
      assertThat(other.decided()).isEqualTo(incumbent.decided());
      assertThat(other.both()).isEqualTo(incumbent.both());
      assertThat(other.agreed()).isEqualTo(incumbent.agreed());
    }
    assertThat(bytes.size()).isLessThan(incumbent.bytes());
  }

  @Test
  void shouldRefuseTrialsThatNoStratumHas() throws IOException {
    // Given
    ask(picture());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    incumbent.write(new DataOutputStream(bytes));
    byte[] written = bytes.toByteArray();
    written[written.length - 13] = 9; // gains, of no trials

    // When, then
    assertThatThrownBy(() -> Incumbent.read(new DataInputStream(new ByteArrayInputStream(written))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trials must be 10 at most");
  }

  @Test
  void shouldTakeTheMarginOfWhatIsDisclosed() {
    assertThat(margin(0.7f, 0.1f, 0.2f)).isCloseTo((float) Math.log(3.5), within(1e-5f));
    assertThat(margin(0.8f)).isCloseTo((float) Math.log(4), within(1e-5f));
    assertThat(margin(0, 1, 0)).isGreaterThan(60).isFinite();
    assertThat(margin(0.5f, 0.5f)).isZero();
  }

  private static float margin(float... probabilities) {
    return Incumbent.margin(new Answer(null, probabilities, Double.NaN));
  }

  private float ask(float[] picture) {
    byte[] hashes = new byte[Tiles.COUNT];
    tiles.measure(payload(picture), 0, hashes);
    float score = score(picture);
    incumbent.measure(hashes, LABEL, score);
    if (incumbent.decided()) {
      strata++;
      StratumBet.update(
          capital,
          0,
          strata,
          incumbent.trials(),
          incumbent.gains(),
          incumbent.keeps(),
          incumbent.both());
      best = Math.max(best, StratumBet.evidence(capital, 0, strata));
    }
    return score;
  }

  private float score(float[] picture) {
    double sum = 50;
    for (int i = 0; i < picture.length; i++) {
      sum += weights[i] * picture[i];
    }
    return (float) sum;
  }

  private static Payload.Features payload(float[] picture) {
    int[] shape = {SIDE, SIDE};
    return new Payload.Features(picture, 1, picture.length, shape, List.of(), false);
  }

  private float[] noise(double sd) {
    float[] noise = new float[SIDE * SIDE];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (sd * random.nextGaussian());
    }
    return noise;
  }

  private float[] picture() {
    float[] picture = new float[SIDE * SIDE];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.nextFloat();
    }
    return picture;
  }

  private float[] painted(float[] picture, int width) {
    float[] next = picture.clone();
    int top = random.nextInt(SIDE - width + 1);
    int left = random.nextInt(SIDE - width + 1);
    float by = random.nextBoolean() ? 0.3f : -0.3f;
    for (int y = top; y < top + width; y++) {
      for (int x = left; x < left + width; x++) {
        next[y * SIDE + x] += by;
      }
    }
    return next;
  }

  private float[] touched(float[] picture, int pixels) {
    float[] next = picture.clone();
    for (int i = 0; i < pixels; i++) {
      next[random.nextInt(next.length)] += (float) (0.1 * random.nextGaussian());
    }
    return next;
  }

  /** The upper half moves on by a pixel, as a band in a still scene does. */
  private static float[] panned(float[] picture) {
    float[] next = picture.clone();
    System.arraycopy(picture, 1, next, 0, SIDE * SIDE / 2 - 1);
    next[SIDE * SIDE / 2 - 1] = picture[0];
    return next;
  }

  /** Line after line goes dark, so that the score falls and falls, or rises. */
  private static float[] faded(float[] picture, int row) {
    float[] next = picture.clone();
    int line = row % SIDE * SIDE;
    for (int i = line; i < line + SIDE; i++) {
      next[i] *= 0.5f;
    }
    return next;
  }

  /** Half of a changed picture is set back. */
  private float[] towards(float[] picture, float[] first) {
    float[] next = picture.clone();
    int top = random.nextInt(SIDE / 2);
    System.arraycopy(first, top * SIDE, next, top * SIDE, SIDE / 2 * SIDE);
    return next;
  }
}
