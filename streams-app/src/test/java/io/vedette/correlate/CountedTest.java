package io.vedette.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CountedTest {

  private static Finding finding(int second) {
    return Findings.caller("extraction", "eve", second * 1_000_000L, 5 + second);
  }

  @Test
  void shouldCountOnceWhenTheLatestAreReadAgain() {
    // Given
    Counted counted = new Counted();
    int added = 0;

    // When the last thirty of a hundred come again
    for (int i = 0; i < 100; i++) {
      added += counted.add(finding(i)) ? 1 : 0;
    }
    for (int i = 70; i < 100; i++) {
      added += counted.add(finding(i)) ? 1 : 0;
    }

    // Then
    assertThat(added).isEqualTo(100);
  }

  @Test
  void shouldStillKnowWhenWrittenAndRead() throws IOException {
    // Given
    Counted counted = new Counted();
    for (int i = 0; i < 50; i++) {
      counted.add(finding(i));
    }
    var bytes = new ByteArrayOutputStream();
    counted.write(new DataOutputStream(bytes));

    // When
    Counted read = new Counted();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    for (int i = 49; i > 18; i--) {
      assertThat(read.add(finding(i))).as("finding %d", i).isFalse();
    }
    assertThat(read.add(finding(50))).isTrue();
  }
}
