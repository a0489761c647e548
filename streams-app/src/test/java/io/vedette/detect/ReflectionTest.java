package io.vedette.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.core.Finding;
import io.vedette.detect.evasion.Evasion;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReflectionTest {

  private static final int COLUMNS = 30;
  private static final long SECOND = 1_000_000;
  private static final Baseline BASELINE = CleanModel.baseline(COLUMNS, 10);
  private static final Lens LENS = new Lens(BASELINE, 42);

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 90})
  void shouldSeeTheSecondHalfWhenItsNoiseIsClipped(int batch) {
    // Given two in three coordinates lie at the edge of their range
    SplittableRandom random = new SplittableRandom(batch);

    // When
    int opposite = opposite(gradients(random, batch, 5 * batch));

    // Then of each half but for its first ten rows the most
    assertThat(opposite).isGreaterThan(5 * Math.max(1, batch / 2 - 10) / 2);
  }

  @Test
  void shouldHardlyCountWhenNoiseHasNoPartner() {
    // Given
    SplittableRandom random = new SplittableRandom(1);
    float[] centre = edge(random);
    List<float[]> rows = rows(5_000, i -> clipped(centre, noise(random, 0.03), 1));

    // When
    int opposite = opposite(rows);

    // Then one in a hundred at most, where one in fifty is bet against
    assertThat(opposite).isLessThan(50);
  }

  @Test
  void shouldHardlyCountWhenFewThingsVary() {
    // Given an entity of which three causes vary all readings
    SplittableRandom random = new SplittableRandom(2);
    float[] centre = CleanModel.row(COLUMNS, random);
    List<float[]> causes = rows(3, i -> noise(random, 0.05));
    List<float[]> rows =
        rows(
            5_000,
            i -> {
              float[] x = centre.clone();
              for (float[] cause : causes) {
                x = plus(x, cause, (float) random.nextGaussian());
              }
              return x;
            });

    // When, Then
    assertThat(opposite(rows)).isLessThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 30})
  void shouldHardlyCountWhenReadingsOvershoot(int readings) {
    // Given an entity of which some readings swing back by half each time
    SplittableRandom random = new SplittableRandom(8);
    float[] centre = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    float[] swing = new float[COLUMNS];
    for (int i = 0; i < 5_000; i++) {
      for (int c = 0; c < readings; c++) {
        swing[c] = (float) (-0.5 * swing[c] + 0.1 * random.nextGaussian());
      }
      rows.add(plus(centre, swing, 1));
    }

    // When, Then
    assertThat(opposite(rows)).isLessThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 40})
  void shouldNotCountWhenAnEntityGoesToAndFro(int period) {
    // Given
    SplittableRandom random = new SplittableRandom(3);
    float[] centre = CleanModel.row(COLUMNS, random);
    float[] way = noise(random, 0.05);
    List<float[]> rows =
        rows(
            2_000,
            i ->
                plus(
                    plus(centre, way, (float) Math.sin(2 * Math.PI * (i + 0.3) / period)),
                    noise(random, 0.02),
                    1));

    // When, Then
    assertThat(opposite(rows)).isLessThan(20);
  }

  @Test
  void shouldNotCountWhenAnEntityWanders() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    float[] x = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      x = plus(x, noise(random, 0.02), 1);
      rows.add(plus(x, noise(random, 0.02), 1));
    }

    // When, Then
    assertThat(opposite(rows)).isLessThan(50);
  }

  @Test
  void shouldNotCountWhenOneFeatureAfterTheOtherIsDraggedThere() {
    // Given positions of a slider in any order, then those of the next one, in one applicant's row
    SplittableRandom random = new SplittableRandom(7);
    float[] x = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    for (int slider = 0; slider < 200; slider++) {
      int feature = random.nextInt(COLUMNS);
      float from = x[feature];
      for (int position = 0; position < 10; position++) {
        x[feature] = from + (float) random.nextDouble(-0.5, 0.5);
        rows.add(x.clone());
      }
    }

    // When, Then
    assertThat(opposite(rows)).isZero();
  }

  @Test
  void shouldBeEvasionWhenClippedGradientsAreAskedInBatches() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    DetectorChain chain = DetectorChain.caller(Evasion.callers(), BASELINE);

    // When
    int queries = 0;
    for (float[] x : gradients(random, 40, 200)) {
      if (chain.incidents().isEmpty()) {
        queries++;
        chain.observe(CleanModel.exchange("eve", queries * SECOND, x));
      }
    }

    // Then
    assertThat(queries).isLessThan(120);
    Finding last = chain.findings().get(chain.findings().size() - 1);
    assertThat(last.attributes()).containsEntry("mechanism", "antithetic-pairs");
    assertThat(last.evidence()).anyMatch(m -> m.name().equals("probe_share"));
  }

  @Test
  void shouldReadWhatItWroteWhereverItStands() throws IOException {
    // Given
    SplittableRandom random = new SplittableRandom(6);
    List<float[]> rows = gradients(random, 40, 120);
    rows.addAll(rows(70, i -> CleanModel.row(COLUMNS, random))); // long enough to forget
    rows.addAll(gradients(random, 40, 120));
    Reflection whole = new Reflection();
    Reflection read = new Reflection();
    History history = new History(COLUMNS);

    // When, Then
    for (float[] x : rows) {
      byte[] bytes = CleanModel.bytes(read);
      read = CleanModel.reread(read, Reflection::read);
      assertThat(CleanModel.bytes(read)).isEqualTo(bytes);
      history.look(x);
      whole.measure(x, history, LENS.neighbourhood, LENS.signs, LENS.sums);
      read.measure(x, history, LENS.neighbourhood, LENS.signs, LENS.sums);
      assertThat(read.opposite()).isEqualTo(whole.opposite());
      assertThat(read.bytes()).isEqualTo(whole.bytes());
      history.add(x, 1);
    }
    byte[] bytes = CleanModel.bytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Reflection.read(new DataInputStream(new ByteArrayInputStream(part))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldTakeNoRoomWhenTheCallerHasLeft() {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    List<float[]> rows = gradients(random, 40, 40);
    Reflection reflection = new Reflection();
    History history = new History(COLUMNS);
    int most = 0;

    // When
    for (int i = 0; i < 400; i++) {
      float[] x = i < rows.size() ? rows.get(i) : CleanModel.row(COLUMNS, random);
      history.look(x);
      reflection.measure(x, history, LENS.neighbourhood, LENS.signs, LENS.sums);
      history.add(x, 1);
      most = Math.max(most, reflection.bytes());
    }

    // Then
    assertThat(most).isGreaterThan(1_000);
    assertThat(reflection.bytes()).isLessThan(100);
  }

  private static int opposite(List<float[]> rows) {
    Reflection reflection = new Reflection();
    History history = new History(COLUMNS);
    int count = 0;
    for (float[] x : rows) {
      history.look(x);
      reflection.measure(x, history, LENS.neighbourhood, LENS.signs, LENS.sums);
      count += reflection.opposite() ? 1 : 0;
      history.add(x, 1);
    }
    return count;
  }

  /** NES as published, on inputs that have an edge: half a batch of noise, then its mirror. */
  private static List<float[]> gradients(SplittableRandom random, int batch, int rows) {
    float[] centre = edge(random);
    List<float[]> all = new ArrayList<>();
    while (all.size() < rows) {
      List<float[]> half = rows(batch / 2, i -> noise(random, 0.03));
      for (int sign = 1; sign >= -1; sign -= 2) {
        for (float[] u : half) {
          all.add(clipped(centre, u, sign));
        }
      }
      centre = clipped(centre, noise(random, 0.1), 1);
    }
    return all;
  }

  /** A row of which two in three coordinates are zero, below which there is nothing. */
  private static float[] edge(SplittableRandom random) {
    float[] x = CleanModel.row(COLUMNS, random);
    for (int c = 0; c < COLUMNS; c++) {
      x[c] = c % 3 == 0 ? Math.abs(x[c]) + 0.2f : 0;
    }
    return x;
  }

  private static float[] clipped(float[] x, float[] u, float times) {
    float[] y = plus(x, u, times);
    for (int c = 0; c < COLUMNS; c++) {
      y[c] = Math.max(0, y[c]);
    }
    return y;
  }

  private static List<float[]> rows(int count, IntFunction<float[]> row) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row.apply(i));
    }
    return rows;
  }

  private static float[] noise(SplittableRandom random, double sd) {
    float[] u = new float[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
      u[c] = (float) (sd * random.nextGaussian());
    }
    return u;
  }

  private static float[] plus(float[] x, float[] u, float times) {
    return Stays.plus(x, u, times);
  }
}
