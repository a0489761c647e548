package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Incident.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderStageTest {

  private static final long SECOND = 1_000_000;
  private static final long T0 = 1_772_355_600 * SECOND;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final MockProcessorContext<String, Alert> context = new MockProcessorContext<>();
  private final OrderStage stage =
      new OrderStage(new Replay(List::of, () -> 0, ended::get), Duration.ofSeconds(10));

  @BeforeEach
  void init() {
    stage.init(context);
  }

  @Test
  void shouldLeaveInOrderOfTimeWhenActivitiesAreLateByLessThanTheSpan() {
    // Given
    Random random = new Random(5);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      times.add(T0 + i * SECOND + random.nextLong(9 * SECOND));
    }

    // When
    times.forEach(time -> take("inc-" + time, time));
    end();

    // Then
    assertThat(times).isNotEqualTo(sorted(times));
    assertThat(left()).isEqualTo(sorted(times));
  }

  @Test
  void shouldKeepTheOrderOfArrivalWhenTimesAreEqual() {
    // Given
    take("a", T0 + SECOND);
    take("c", T0);
    take("b", T0);

    // When
    end();

    // Then
    List<String> keys =
        context.forwarded().stream().map(f -> String.valueOf(f.record().key())).toList();
    assertThat(keys).containsExactly("c", "b", "a");
  }

  @Test
  void shouldTakeTheTimeOfTheLastWhenAnActivityIsLaterThanTheSpan() {
    // Given
    take("a", T0 + 5 * SECOND);
    take("b", T0 + 60 * SECOND);

    // When
    take("late", T0);
    end();

    // Then
    assertThat(left()).containsExactly(T0 + 5 * SECOND, T0 + 5 * SECOND, T0 + 60 * SECOND);
    assertThat(context.forwarded().get(1).record().timestamp()).isEqualTo((T0 + 5 * SECOND) / 1000);
  }

  @Test
  void shouldHoldNoMoreThanTheBoundWhenAllAreOfOneTime() {
    // When
    for (int i = 0; i < OrderStage.MOST + 5; i++) {
      take("i" + i, T0);
    }

    // Then
    assertThat(context.forwarded()).hasSize(5);
  }

  @Test
  void shouldHoldWhatIsYoungWhenTheReplayHasNotEnded() {
    // Given
    take("a", T0);

    // When
    context.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(0));

    // Then
    assertThat(context.forwarded()).isEmpty();
  }

  private void take(String id, long timeMicros) {
    stage.process(
        Stages.record(
            id,
            new Alert(Fixtures.incident(id, Activity.CREATE, 0, timeMicros, ""), null),
            timeMicros));
  }

  private void end() {
    ended.set(true);
    context.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(0));
  }

  private List<Long> left() {
    return context.forwarded().stream()
        .map(forward -> forward.record().value().incident().timeMicros())
        .toList();
  }

  private static List<Long> sorted(List<Long> times) {
    return times.stream().sorted(Comparator.naturalOrder()).toList();
  }
}
