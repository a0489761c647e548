package io.vedette.edge.forward;

import static io.vedette.edge.forward.Messages.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForwarderTest {

  private final List<String> taken = new ArrayList<>();

  private interface Reply {
    void to(List<Message> messages) throws IOException, RejectedException;
  }

  private Receiver receiver(int mostAtOnce, Reply reply) {
    return new Receiver() {
      @Override
      public void deliver(List<Message> messages) throws IOException, RejectedException {
        assertThat(messages).isNotEmpty().hasSizeLessThanOrEqualTo(mostAtOnce);
        reply.to(messages);
        messages.forEach(m -> taken.add(m.id()));
      }

      @Override
      public int mostAtOnce() {
        return mostAtOnce;
      }

      @Override
      public void close() {}
    };
  }

  private static Forwarder forwarder(FakeSource source, Receiver receiver) {
    return new Forwarder(source, receiver, Backoff.DEFAULT, 3, new SplittableRandom(1));
  }

  private static List<String> ids(int count) {
    return some(count).stream().map(Message::id).toList();
  }

  @Test
  void shouldDeliverInOrderWhenReceiverTakesAll() {
    // Given
    FakeSource source = new FakeSource(List.of(some(7), List.of(), some(2)));

    // When
    forwarder(source, receiver(3, messages -> {})).run();

    // Then
    assertThat(taken.subList(0, 7)).isEqualTo(ids(7));
    assertThat(source.done).isEqualTo(2);
    assertThat(source.waits).isEmpty();
  }

  @Test
  void shouldTryWithoutEndWhenReceiverIsUnreachable() {
    // Given
    FakeSource source = new FakeSource(List.of(some(2)));
    int[] attempts = {0};
    Receiver receiver =
        receiver(
            10,
            messages -> {
              if (++attempts[0] <= 200) {
                throw new IOException("connection refused");
              }
            });

    // When
    forwarder(source, receiver).run();

    // Then
    assertThat(taken).isEqualTo(ids(2));
    assertThat(source.buried).isEmpty();
    assertThat(source.waits).hasSize(200);
    assertThat(source.waits).allMatch(w -> w.compareTo(Duration.ofMinutes(1)) <= 0);
    assertThat(source.waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(source.waits.get(199)).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldBuryOnlyThePoisonWhenBatchIsRefused() {
    // Given
    FakeSource source = new FakeSource(List.of(some(9)));
    Receiver receiver =
        receiver(
            9,
            messages -> {
              if (messages.stream().anyMatch(m -> m.id().equals("inc-5:0"))) {
                throw new RejectedException("HTTP 400");
              }
            });

    // When
    forwarder(source, receiver).run();

    // Then
    assertThat(source.buried).containsExactly("inc-5:0 HTTP 400");
    List<String> others = new ArrayList<>(ids(9));
    others.remove("inc-5:0");
    assertThat(taken).isEqualTo(others);
    assertThat(source.done).isEqualTo(1);
    assertThat(source.waits).hasSize(2); // the poison alone, twice more
  }

  @Test
  void shouldWaitAsLongAsAskedWhenReceiverIsBusy() {
    // Given
    FakeSource source = new FakeSource(List.of(some(1)));
    int[] attempts = {0};
    Receiver receiver =
        receiver(
            1,
            messages -> {
              if (++attempts[0] == 1) {
                throw new BusyException("HTTP 503", Duration.ofSeconds(90));
              }
            });

    // When
    forwarder(source, receiver).run();

    // Then
    assertThat(source.waits).containsExactly(Duration.ofSeconds(90));
    assertThat(taken).isEqualTo(ids(1));
  }

  @Test
  void shouldCommitNothingWhenMessagesAreLostWhileWaiting() {
    // Given
    FakeSource source = new FakeSource(List.of(some(4)));
    source.losesAfterWaits = 3;
    Receiver receiver =
        receiver(
            2,
            messages -> {
              if (messages.get(0).id().equals("inc-2:0")) {
                throw new IOException("reset");
              }
            });

    // When
    forwarder(source, receiver).run();

    // Then
    assertThat(source.done).isZero();
    assertThat(source.abandoned).isEqualTo(1);
    assertThat(taken).containsExactly("inc-0:0", "inc-1:0");
  }

  @Test
  void shouldLoseNothingWhenReceiverFailsAtRandom() {
    for (int seed = 0; seed < 50; seed++) {
      // Given
      taken.clear();
      SplittableRandom random = new SplittableRandom(seed);
      int count = 1 + random.nextInt(60);
      Set<String> poison = new HashSet<>();
      some(count).stream().filter(m -> random.nextInt(10) == 0).forEach(m -> poison.add(m.id()));
      FakeSource source = new FakeSource(List.of(some(count)));
      Receiver receiver =
          receiver(
              1 + random.nextInt(20),
              messages -> {
                if (random.nextInt(3) == 0) {
                  throw new IOException("flaky");
                }
                if (messages.stream().anyMatch(m -> poison.contains(m.id()))) {
                  throw new RejectedException("HTTP 422");
                }
              });

      // When
      forwarder(source, receiver).run();

      // Then
      List<String> expected = new ArrayList<>(ids(count));
      expected.removeAll(poison);
      assertThat(taken).isEqualTo(expected);
      assertThat(source.buried).hasSize(poison.size());
    }
  }

  @Test
  void shouldDrawWaitsFromTheUpperHalfWhenFailuresGoOn() {
    SplittableRandom random = new SplittableRandom(4);
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    for (int failures = 1; failures < 100; failures++) {
      long bound = failures > 6 ? 5000 : 100L << (failures - 1);
      assertThat(backoff.after(failures, random).toMillis()).isBetween(bound / 2, bound);
    }
  }

  @Test
  void shouldRefuseWhenNoAttemptIsAllowed() {
    FakeSource source = new FakeSource(List.of());
    Receiver receiver = receiver(1, messages -> {});
    assertThatThrownBy(
            () -> new Forwarder(source, receiver, Backoff.DEFAULT, 0, new SplittableRandom(1)))
        .hasMessageContaining("at least 1, was 0");
  }
}
