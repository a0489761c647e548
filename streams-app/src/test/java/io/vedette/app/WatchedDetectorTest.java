package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Maturity;
import io.vedette.core.ModelRef;
import io.vedette.core.Profile;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.State;
import io.vedette.stream.Counters;
import io.vedette.stream.DetectorCounters;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WatchedDetectorTest {

  private final DetectorCounters counters = new Counters().detector("fake");
  private final AtomicLong clock = new AtomicLong();
  private final WatchedDetector<Nothing, String> watched =
      new WatchedDetector<>(new Fake(), counters, () -> clock.getAndAdd(10));

  @Test
  void shouldTimeOneCallInSixtyFourWhenManyAreMade() {
    // When
    for (int i = 0; i < 130; i++) {
      watched.observe(new Nothing(), "event", finding -> {});
    }

    // Then
    assertThat(counters.events.sum()).isEqualTo(130);
    assertThat(clock.get()).as("two looks at the clock for calls 1, 65 and 129").isEqualTo(60);
    assertThat(counters.nanoseconds.sum()).isEqualTo(3 * 64 * 10);
  }

  @Test
  void shouldCountAndThrowOnWhenTheDetectorThrows() {
    // When
    assertThatThrownBy(() -> watched.observe(new Nothing(), "bad", finding -> {}))
        .isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(counters.fenced.sum()).isEqualTo(1);
    assertThat(counters.nanoseconds.sum()).as("its time counts too").isEqualTo(640);
  }

  @Test
  void shouldReportAsFarAsItMayWhenItsMaturityIsSet() {
    // Given
    Detector<Nothing, String> acting = WatchedDetector.acting(new Fake(), Maturity.INCUBATING);
    List<Finding> findings = new ArrayList<>();

    // When
    acting.observe(new Nothing(), "event", findings::add);

    // Then
    assertThat(acting.profile().maturity()).isEqualTo(Maturity.INCUBATING);
    assertThat(findings)
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.maturity()).isEqualTo(Maturity.INCUBATING);
              assertThat(f.summary()).isEqualTo("event");
            });
  }

  private static final class Nothing implements State {
    @Override
    public void write(DataOutput out) {}

    @Override
    public int bytes() {
      return 16;
    }
  }

  private static final class Fake implements Detector<Nothing, String> {
    private static final Profile PROFILE =
        new Profile("fake", "Fake", Maturity.STABLE, List.of(), Severity.LOW);

    @Override
    public Profile profile() {
      return PROFILE;
    }

    @Override
    public Nothing create() {
      return new Nothing();
    }

    @Override
    public Nothing read(DataInput in) {
      return new Nothing();
    }

    @Override
    public void observe(Nothing state, String event, Consumer<Finding> findings) {
      if (event.equals("bad")) {
        throw new IllegalStateException("bad event");
      }
      findings.accept(
          new Finding(
              "fake",
              Scope.CALLER,
              "acme|ann",
              "acme",
              "ann",
              List.of("ann"),
              new ModelRef("m", "1", null),
              1,
              1,
              1,
              9,
              1,
              Maturity.STABLE,
              Severity.LOW,
              List.of(),
              List.of(),
              List.of(),
              event,
              Map.of()));
    }
  }
}
