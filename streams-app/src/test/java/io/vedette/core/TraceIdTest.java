package io.vedette.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

  @Test
  void shouldComeBackAsItWasWhenWrittenAsTextOrBytes() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      // Given
      TraceId id = new TraceId(i % 3 == 0 ? 0 : random.nextLong(), 1 + random.nextInt(9));

      // When
      TraceId parsed = TraceId.parse(id.toString());
      var bytes = new ByteArrayOutputStream();
      TraceId.write(id, new DataOutputStream(bytes));
      TraceId.write(null, new DataOutputStream(bytes));
      var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

      // Then
      assertThat(parsed).isEqualTo(id);
      assertThat(id.toString()).matches("[0-9a-f]{32}");
      assertThat(TraceId.read(in)).isEqualTo(id);
      assertThat(TraceId.read(in)).isNull();
      assertThat(in.available()).isZero();
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "8c2e",
        "00000000000000000000000000000000",
        "7c1f9a0e5d3b48269a7e1c0d2f4b6a8",
        "7c1f9a0e5d3b48269a7e1c0d2f4b6a889",
        "7c1f9a0e5d3b48269a7e1c0d2f4b6ag8",
        "+c1f9a0e5d3b48269a7e1c0d2f4b6a88"
      })
  void shouldBeNoneWhenTheTextIsNoTraceId(String text) {
    assertThat(TraceId.parse(text)).isNull();
  }

  @Test
  void shouldBeTheSameIdWhenDigitsAreUpperCase() {
    assertThat(TraceId.parse("7C1F9A0E5D3B48269A7E1C0D2F4B6A88"))
        .hasToString("7c1f9a0e5d3b48269a7e1c0d2f4b6a88");
  }

  @Test
  void shouldRefuseWhenAllZero() {
    assertThat(TraceId.of(0, 0)).isNull();
    assertThatThrownBy(() -> new TraceId(0, 0)).hasMessageContaining("all zero");
  }
}
