package io.vedette.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A thread is replaced when that can help, and no more often than it can. */
class ThreadDeathsTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(ThreadDeaths.class);
  private static final Exception BUG = new IllegalStateException("broken");
  private static final Exception COMMIT =
      new StreamsException("commit", new KafkaException("in time", new TimeoutException("late")));
  private static final Exception REGISTRY =
      new StreamsException(
          "wrapped", new SchemaRegistryException(Kind.UNAVAILABLE, "no registry answered"));
  private static final Exception REFUSED =
      new StreamsException("wrapped", new TopicAuthorizationException("no"));

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final ThreadDeaths deaths = new ThreadDeaths(2, now::get, asked::incrementAndGet);

  /** Hundreds of deaths are hundreds of stack traces. */
  @BeforeEach
  void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    LOG.setLevel(null);
  }

  @Test
  void shouldEndTheServiceWhenThreadsDieAgainAndAgain() {
    assertThat(handle(BUG, ThreadDeaths.MOST)).containsOnly(REPLACE_THREAD);
    assertThat(handle(BUG, 1)).containsExactly(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldReplaceTheThreadWhenCommitsTimeOutForDays() {
    for (int minute = 0; minute < Duration.ofDays(2).toMinutes(); minute++) {
      now.addAndGet(Duration.ofMinutes(1).toMillis());
      assertThat(handle(COMMIT, 2)).containsOnly(REPLACE_THREAD);
    }
    assertThat(handle(BUG, ThreadDeaths.MOST)).as("not counted").containsOnly(REPLACE_THREAD);
  }

  @Test
  void shouldEndTheServiceWhenTimeoutsComeFasterThanAnyClientWaits() {
    assertThat(handle(COMMIT, 2 * ThreadDeaths.MOST_OUTAGES)).containsOnly(REPLACE_THREAD);
    assertThat(handle(COMMIT, 1)).containsExactly(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldReplaceTheThreadWhenTheRegistryIsAway() {
    assertThat(handle(REGISTRY, 1000)).containsOnly(REPLACE_THREAD);
  }

  @Test
  void shouldEndTheServiceAndNameTheRightWhenOneIsMissing() {
    assertThat(handle(REFUSED, 1)).containsExactly(SHUTDOWN_CLIENT);
    assertThat(asked).hasValue(1);
  }

  private List<StreamThreadExceptionResponse> handle(Exception error, int times) {
    return IntStream.range(0, times).mapToObj(i -> deaths.handle(error)).toList();
  }
}
