package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  @Test
  void shouldGiveEverythingInOrderWhenRead() throws IOException {
    // Given
    int items = 10_000;
    List<Integer> taken = new ArrayList<>();

    // When
    new ReadAhead<Integer>(
            sink -> {
              for (int i = 0; i < items; i++) {
                sink.take(i);
              }
            })
        .run(taken::add);

    // Then
    assertThat(taken).hasSize(items).isSorted();
  }

  @Test
  void shouldThrowAfterWhatCameBeforeWhenTheSourceFails() {
    // Given
    List<Integer> taken = new ArrayList<>();
    var reader =
        new ReadAhead<Integer>(
            sink -> {
              sink.take(1);
              sink.take(2);
              throw new IOException("disk");
            });

    // When, Then
    assertThatThrownBy(() -> reader.run(taken::add))
        .isInstanceOf(IOException.class)
        .hasMessage("disk");
    assertThat(taken).containsExactly(1, 2);
  }

  @Test
  void shouldStopTheSourceWhenTheConsumerFails() throws InterruptedException {
    // Given
    CountDownLatch stopped = new CountDownLatch(1);
    var reader =
        new ReadAhead<Integer>(
            sink -> {
              try {
                for (int i = 0; ; i++) {
                  sink.take(i);
                }
              } finally {
                stopped.countDown();
              }
            });

    // When
    assertThatThrownBy(
            () ->
                reader.run(
                    item -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");

    // Then
    stopped.await();
    assertThat(stopped.getCount()).isZero();
  }
}
