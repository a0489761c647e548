package io.vedette.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void shouldShareRowsEvenlyWhenValuesAreSmooth() {
    // Given
    float[] values = gaussian(10_000, 1);

    // When
    Histogram histogram = Histograms.numeric(values, 1);

    // Then
    assertThat(histogram.bins()).isEqualTo(Histogram.BINS + 1);
    for (int b = 0; b < Histogram.BINS; b++) {
      assertThat(histogram.counts()[b]).isBetween(499, 501);
    }
    assertThat(histogram.counts()[histogram.missingBin()]).isZero();
    assertThat(histogram.phi()).isBetween(1f, 1.3f);
  }

  @Test
  void shouldGiveAHeavyValueItsOwnBinWhenItRepeats() {
    // Given amounts of which four in ten are zero
    float[] values = gaussian(5_000, 2);
    for (int i = 0; i < 2_000; i++) {
      values[i] = 0;
    }
    shuffle(values);

    // When
    Histogram histogram = Histograms.numeric(values, 1);

    // Then
    assertThat(histogram.counts()[histogram.bin(0f)]).isEqualTo(2_000);
    assertThat(histogram.bin(-1e-6f)).isEqualTo(histogram.bin(0f) - 1);
    assertThat(histogram.bin(Math.nextUp(histogramEdgeAfter(values))))
        .isGreaterThan(histogram.bin(0f));
  }

  @Test
  void shouldOrderItsBinsWhenValuesGrow() {
    // Given
    Histogram histogram = Histograms.numeric(gaussian(1_000, 3), 1);
    float[] probes = gaussian(1_000, 4);
    Arrays.sort(probes);

    // When
    int[] bins = new int[probes.length];
    for (int i = 0; i < probes.length; i++) {
      bins[i] = histogram.bin(probes[i]);
    }

    // Then
    assertThat(bins).isSorted();
    assertThat(histogram.bin(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(histogram.bin(Float.POSITIVE_INFINITY)).isEqualTo(histogram.missingBin() - 1);
    assertThat(histogram.bin(Float.NaN)).isEqualTo(histogram.missingBin());
  }

  @Test
  void shouldCountEveryRowOnceWhenSomeAreMissing() {
    // Given
    float[] values = gaussian(1_000, 5);
    Arrays.fill(values, 100, 350, Float.NaN);

    // When
    Histogram histogram = Histograms.numeric(values, 1);

    // Then
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(1_000);
    assertThat(histogram.counts()[histogram.missingBin()]).isEqualTo(250);
  }

  @Test
  void shouldHoldOneValueWhenAColumnNeverVaries() {
    // Given
    float[] values = new float[500];
    Arrays.fill(values, 4.2f);

    // When
    Histogram histogram = Histograms.numeric(values, 0.42f);

    // Then
    assertThat(histogram.counts()[histogram.bin(4.2f)]).isEqualTo(500);
    assertThat(histogram.surprise(histogram.bin(4.2f))).isFinite();
    assertThat(histogram.surprise(histogram.missingBin()))
        .isGreaterThan(histogram.surprise(histogram.bin(4.2f)));
  }

  @Test
  void shouldStayDefinedWhenNothingWasSeen() {
    // Given
    float[] values = new float[100];
    Arrays.fill(values, Float.NaN);

    // When
    Histogram histogram = Histograms.numeric(values, 1);

    // Then
    assertThat(histogram.bins()).isEqualTo(2);
    assertThat(histogram.surprise(histogram.bin(1f))).isFinite();
  }

  @Test
  void shouldBeMoreSurprisedByTailsWhenValuesAreGaussian() {
    // Given
    Histogram histogram = Histograms.numeric(gaussian(10_000, 6), 1);

    // When
    float middle = histogram.surprise(histogram.bin(0f));
    float tail = histogram.surprise(histogram.bin(3f));

    // Then
    assertThat(tail).isGreaterThan(middle + 1);
  }

  @Test
  void shouldNameFrequentCategoriesWhenThereAreMany() {
    // Given 200 categories, the k-th with k rows, and 10 missing values
    long[] values = new long[200 * 201 / 2 + 10];
    Arrays.fill(values, Long.MIN_VALUE);
    int at = 0;
    for (int k = 1; k <= 200; k++) {
      for (int i = 0; i < k; i++) {
        values[at++] = 1_000 - k;
      }
    }

    // When
    Histogram histogram = Histograms.categorical(values);

    // Then
    assertThat(histogram.bins()).isEqualTo(Histogram.CATEGORIES + 2);
    assertThat(histogram.counts()[histogram.bin(800L)]).isEqualTo(200);
    assertThat(histogram.bin(999L)).isEqualTo(histogram.bin(123_456L));
    assertThat(histogram.counts()[histogram.bin(999L)]).isEqualTo(137 * 138 / 2);
    assertThat(histogram.counts()[histogram.missingBin()]).isEqualTo(10);
  }

  @Test
  void shouldSeeOverdispersionWhenValuesComeInBursts() {
    // Given
    float[] values = new float[5_000];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.7 * Math.sin(i / 800.0) + CleanTraffic.gauss(random));
    }

    // When
    Histogram histogram = Histograms.numeric(values, 1);

    // Then
    assertThat(histogram.phi()).isGreaterThan(2);
  }

  @Test
  void shouldReadWhatItWroteWhenTheBytesAreWhole() throws IOException {
    // Given
    Histogram histogram = Histograms.numeric(gaussian(1_000, 8), 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.write(new DataOutputStream(bytes));

    // When
    Histogram read = Histogram.read(in(bytes.toByteArray()));

    // Then
    assertThat(read).usingRecursiveComparison().ignoringFields("steps").isEqualTo(histogram);
  }

  @Test
  void shouldRefuseTheBytesWhenTheyEndEarly() throws IOException {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Histograms.numeric(gaussian(1_000, 9), 1).write(new DataOutputStream(bytes));

    // When / Then
    for (int length = 0; length < bytes.size(); length += 7) {
      byte[] part = Arrays.copyOf(bytes.toByteArray(), length);
      assertThatThrownBy(() -> Histogram.read(in(part))).isInstanceOf(IOException.class);
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static float[] gaussian(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) CleanTraffic.gauss(random);
    }
    return values;
  }

  private static void shuffle(float[] values) {
    SplittableRandom random = new SplittableRandom(10);
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float v = values[i];
      values[i] = values[j];
      values[j] = v;
    }
  }

  /** Smallest value above zero. */
  private static float histogramEdgeAfter(float[] values) {
    float smallest = Float.MAX_VALUE;
    for (float v : values) {
      smallest = v > 0 ? Math.min(smallest, v) : smallest;
    }
    return smallest;
  }
}
