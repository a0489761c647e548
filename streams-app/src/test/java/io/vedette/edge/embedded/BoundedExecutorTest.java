package io.vedette.edge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {

  @Test
  void shouldInterruptTaskWhenItsTimeIsOver() throws InterruptedException {
    // Given
    var interrupted = new CountDownLatch(1);
    try (var executor = new BoundedExecutor(10)) {
      // When
      executor.execute(() -> waitFor(new CountDownLatch(1), interrupted));

      // Then
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldRunEveryTaskWhenMoreComeThanFit() throws InterruptedException {
    // Given
    int tasks = 300;
    var ran = new AtomicInteger();
    var done = new CountDownLatch(tasks);
    try (var executor = new BoundedExecutor(20_000)) {
      // When
      for (int i = 0; i < tasks; i++) {
        executor.execute(
            () -> {
              ran.incrementAndGet();
              done.countDown();
            });
      }

      // Then
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ran).hasValue(tasks);
    }
  }

  private static void waitFor(CountDownLatch never, CountDownLatch interrupted) {
    try {
      never.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }
}
