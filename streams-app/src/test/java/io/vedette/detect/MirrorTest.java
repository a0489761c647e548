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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {

  private static final int COLUMNS = 30;
  private static final long SECOND = 1_000_000;
  private static final Baseline BASELINE = CleanModel.baseline(COLUMNS, 10);
  private static final Lens LENS = new Lens(BASELINE, 42);

  @ParameterizedTest
  @ValueSource(ints = {10, 40, 100, 128})
  void shouldSeeTheSecondHalfWhenABatchSendsOneSignFirst(int batch) {
    // Given
    SplittableRandom random = new SplittableRandom(batch);

    // When
    int[] counts = counts(gradients(random, batch, 5 * batch));

    // Then of each half but for the first batch's first rows nearly all
    assertThat(counts[1]).isGreaterThan(5 * (batch / 2 - 2) - 5);
    assertThat(counts[0] - counts[1]).isLessThanOrEqualTo(counts[0] / 20);
  }

  @Test
  void shouldMatchNothingWhenNoiseIsContinuous() {
    // Given
    SplittableRandom random = new SplittableRandom(1);
    float[] centre = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(near(centre, 0.02, random));
    }

    // When, Then
    assertThat(counts(rows)[0]).isLessThanOrEqualTo(2);
  }

  @Test
  void shouldFindAsManyEqualAsOppositeWhenNoiseIsOfWholeNumbers() {
    // Given a sensor of which five readings flicker by one, others hold still
    SplittableRandom random = new SplittableRandom(2);
    Mirror mirror = new Mirror();
    History history = new History(5);
    int matched = 0;
    int opposite = 0;

    // When
    for (int i = 0; i < 20_000; i++) {
      float[] x = new float[5];
      for (int c = 0; c < x.length; c++) {
        x[c] = 0.05f * random.nextInt(-1, 2);
      }
      history.look(x);
      mirror.measure(x, history, 4, Arrays.copyOf(LENS.directions, 15));
      matched += mirror.matched() ? 1 : 0;
      opposite += mirror.opposite() ? 1 : 0;
      history.add(x, 1);
    }

    // Then
    assertThat(matched).isGreaterThan(100);
    assertThat(opposite).isLessThan(matched * 53 / 100);
  }

  @Test
  void shouldNotCountWhenTheSameChangesAreTriedCaseAfterCase() {
    // Given stress tests: five changes of everything up and down, on one case after the other
    SplittableRandom random = new SplittableRandom(3);
    List<float[]> changes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      changes.add(near(new float[COLUMNS], 0.05, random));
    }
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      float[] x = CleanModel.row(COLUMNS, random);
      rows.add(x);
      for (float[] change : changes) {
        rows.add(Stays.plus(x, change, 1));
        rows.add(Stays.plus(x, change, -1));
      }
    }

    // When
    int[] counts = counts(rows);

    // Then
    assertThat(counts[0]).isGreaterThan(1_000);
    assertThat(counts[1]).isLessThan(counts[0] / 20);
  }

  @Test
  void shouldNotCountWhenASliderGoesToAndFro() {
    // Given
    SplittableRandom random = new SplittableRandom(4);
    float[] x = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      x = x.clone();
      x[i / 50] += i / 10 % 2 == 0 ? 0.1f : -0.1f;
      x[0] += 1e-3f; // so that no row is a repeat
      rows.add(x);
    }

    // When, Then
    assertThat(counts(rows)[0]).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.995, 0.99, 0.95, 0.85})
  void shouldSeeAShorterStepWhenABatchIsAskedAgainNearerToAPlace(double left) {
    // Given the boundary attack, of whose target nobody asked
    SplittableRandom random = new SplittableRandom(8);
    float[] target = CleanModel.row(COLUMNS, random);
    float[] best = CleanModel.row(COLUMNS, random);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(near(best, 0.05, random));
    }
    for (int i = 0; i < 20; i++) {
      float[] x = rows.get(i).clone();
      for (int c = 0; c < COLUMNS; c++) {
        x[c] += (float) (1 - left) * (target[c] - x[c]);
      }
      rows.add(x);
    }

    // When, Then
    assertThat(shorter(rows)).isBetween(left > 0.994 ? 0 : 15, 20);
  }

  @Test
  void shouldSeeNoShorterStepWhenNothingShrinks() {
    // Given noise about a place, the same changes case after case, and something that cools down
    SplittableRandom random = new SplittableRandom(9);
    float[] centre = CleanModel.row(COLUMNS, random);
    List<float[]> changes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      changes.add(near(new float[COLUMNS], 0.05, random));
    }
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      rows.add(near(centre, 0.02, random));
    }
    for (int i = 0; i < 200; i++) {
      float[] x = near(centre, 0.5, random);
      for (float[] change : changes) {
        rows.add(Stays.plus(x, change, 1));
      }
    }
    float[] way = near(new float[COLUMNS], 0.5, random);
    for (int i = 0; i < 100; i++) {
      float[] x = centre.clone();
      for (int c = 0; c < COLUMNS; c++) {
        x[c] += (float) (way[c] * Math.pow(0.97, i));
      }
      rows.add(x);
    }

    // When, Then
    assertThat(shorter(rows)).isLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldBeEvasionWhenGradientsAreAskedInBatches(boolean signs) {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    DetectorChain chain = DetectorChain.caller(Evasion.callers(), BASELINE);
    List<float[]> rows = signs ? signs(random, 64, 128) : gradients(random, 40, 120);

    // When
    int queries = 0;
    for (float[] x : rows) {
      if (chain.incidents().isEmpty()) {
        queries++;
        chain.observe(CleanModel.exchange("eve", queries * SECOND, x));
      }
    }

    // Then
    assertThat(queries).isLessThan(100);
    Finding last = chain.findings().get(chain.findings().size() - 1);
    assertThat(last.attributes()).containsEntry("mechanism", "antithetic-pairs");
  }

  @Test
  void shouldReadWhatItWroteWhereverItStands() throws IOException {
    // Given
    SplittableRandom random = new SplittableRandom(6);
    List<float[]> rows = gradients(random, 40, 80);
    for (int i = 0; i < 70; i++) {
      rows.add(CleanModel.row(COLUMNS, random)); // long enough to forget the neighbourhood
    }
    rows.addAll(gradients(random, 40, 80));
    Mirror whole = new Mirror();
    Mirror read = new Mirror();
    History history = new History(COLUMNS);

    // When, Then
    for (float[] x : rows) {
      byte[] bytes = CleanModel.bytes(read);
      read = CleanModel.reread(read, Mirror::read);
      assertThat(CleanModel.bytes(read)).isEqualTo(bytes);
      history.look(x);
      whole.measure(x, history, LENS.neighbourhood, LENS.directions);
      read.measure(x, history, LENS.neighbourhood, LENS.directions);
      assertThat(read.opposite()).isEqualTo(whole.opposite());
      assertThat(read.bytes()).isEqualTo(whole.bytes());
      history.add(x, 1);
    }
    byte[] bytes = CleanModel.bytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Mirror.read(new DataInputStream(new ByteArrayInputStream(part))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldTakeNoRoomWhenRowsHaveNothingToDoWithOneAnother() {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    Mirror mirror = new Mirror();
    History history = new History(COLUMNS);
    List<float[]> rows = gradients(random, 40, 40);
    int most = 0;

    // When
    for (int i = 0; i < 400; i++) {
      float[] x = i < rows.size() ? rows.get(i) : CleanModel.row(COLUMNS, random);
      history.look(x);
      mirror.measure(x, history, LENS.neighbourhood, LENS.directions);
      history.add(x, 1);
      most = Math.max(most, mirror.bytes());
    }

    // Then
    assertThat(most).isGreaterThan(800);
    assertThat(mirror.bytes()).isLessThan(64);
  }

  private static int shorter(List<float[]> rows) {
    Mirror mirror = new Mirror();
    History history = new History(COLUMNS);
    int count = 0;
    for (float[] x : rows) {
      history.look(x);
      mirror.measure(x, history, LENS.neighbourhood, LENS.directions);
      count += mirror.shorter() ? 1 : 0;
      history.add(x, 1);
    }
    return count;
  }

  /** Rows matched and opposite. */
  private static int[] counts(List<float[]> rows) {
    Mirror mirror = new Mirror();
    History history = new History(COLUMNS);
    int[] counts = new int[2];
    for (float[] x : rows) {
      history.look(x);
      mirror.measure(x, history, LENS.neighbourhood, LENS.directions);
      counts[0] += mirror.matched() ? 1 : 0;
      counts[1] += mirror.opposite() ? 1 : 0;
      history.add(x, 1);
    }
    return counts;
  }

  /** NES as published: half a batch of Gaussian noise about a centre, then its mirror. */
  private static List<float[]> gradients(SplittableRandom random, int batch, int rows) {
    return batches(random, batch, rows, false);
  }

  /** SPSA: noise of signs. */
  private static List<float[]> signs(SplittableRandom random, int batch, int rows) {
    return batches(random, batch, rows, true);
  }

  private static List<float[]> batches(
      SplittableRandom random, int batch, int rows, boolean signs) {
    float[] centre = CleanModel.row(COLUMNS, random);
    List<float[]> all = new ArrayList<>();
    while (all.size() < rows) {
      List<float[]> noise = new ArrayList<>();
      for (int i = 0; i < batch / 2; i++) {
        float[] u = near(new float[COLUMNS], 0.03, random);
        for (int c = 0; signs && c < COLUMNS; c++) {
          u[c] = Math.copySign(0.03f, u[c]);
        }
        noise.add(u);
      }
      for (int sign = 1; sign >= -1; sign -= 2) {
        for (float[] u : noise) {
          all.add(Stays.plus(centre, u, sign));
        }
      }
      centre = near(centre, 0.02, random);
    }
    return all;
  }

  private static float[] near(float[] centre, double sd, SplittableRandom random) {
    float[] x = centre.clone();
    for (int c = 0; c < x.length; c++) {
      x[c] += (float) (sd * random.nextGaussian());
    }
    return x;
  }
}
