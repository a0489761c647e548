package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTableTest {

  private static final String EVE = "acme|eve";

  private final Process here = new Process("here");
  private final Process there = new Process("there");
  private final List<Record<String, Action>> topic = new ArrayList<>();

  /** A process: what it has said and not yet sent, and how far it has read the topic. */
  private static final class Process {
    final AdviceTable table;
    private final AdviceTable.Feeder feeder;
    private final Deque<Record<String, Action>> unsent = new ArrayDeque<>();
    private int next;

    Process(String name) {
      table = new AdviceTable(name);
      feeder = new AdviceTable.Feeder(table);
    }

    void say(String account, @Nullable Action action) {
      Headers headers = new RecordHeaders();
      table.say(account, action, headers);
      unsent.add(word(account, action, headers));
    }

    void send(List<Record<String, Action>> topic) {
      if (!unsent.isEmpty()) {
        topic.add(unsent.remove());
      }
    }

    void read(List<Record<String, Action>> topic) {
      if (next < topic.size()) {
        feeder.process(topic.get(next++));
      }
    }
  }

  @Test
  void shouldStayLiftedWhenWhatWasLiftedComesBack() {
    // Given
    here.say(EVE, advice("eve", "inc-a", 100));
    here.say(EVE, null);
    sendAll(here);

    // When
    here.read(topic);
    Action then = here.table.find(EVE);
    here.read(topic);

    // Then
    assertThat(then).isNull();
    assertThat(here.table.find(EVE)).isNull();
    assertThat(here.table.size()).isZero();
  }

  @Test
  void shouldKeepNewAdviceWhenTheLiftBeforeItComesBack() {
    // Given: in a backlog, where the other task is behind in stream time
    here.say(EVE, advice("eve", "inc-a", 100));
    sendAll(here);
    here.read(topic);
    Action later = advice("eve", "inc-b", 50);

    // When
    here.say(EVE, null);
    here.say(EVE, later);
    sendAll(here);
    here.read(topic);
    Action then = here.table.find(EVE);
    here.read(topic);

    // Then
    assertThat(then).isEqualTo(later);
    assertThat(here.table.find(EVE)).isEqualTo(later);
    assertThat(here.table.advisedBy(Set.of("inc-a"))).isEmpty();
    assertThat(here.table.advisedBy(Set.of("inc-b"))).containsExactly(later);
  }

  @Test
  void shouldKnowTheLastWordsWhenATopicIsReadAtTheStart() {
    // Given
    there.say(EVE, advice("eve", "inc-a", 100));
    there.say("acme|bob", advice("bob", "inc-a", 100));
    there.say("acme|bob", null);
    there.say(EVE, null);
    Action last = advice("eve", "inc-b", 50);
    there.say(EVE, last);
    sendAll(there);

    // When
    readAll(here);

    // Then
    assertThat(here.table.find(EVE)).isEqualTo(last);
    assertThat(here.table.find("acme|bob")).isNull();
    assertThat(here.table.size()).isEqualTo(1);
  }

  @Test
  void shouldFollowOthersWhenTheyLiftOrAdvise() {
    // Given
    here.say(EVE, advice("eve", "inc-a", 100));
    sendAll(here);
    readAll(here);
    readAll(there);

    // When
    there.say(EVE, null);
    sendAll(there);
    readAll(here);
    Action lifted = here.table.find(EVE);
    Action other = advice("eve", "inc-b", 20);
    there.say(EVE, other);
    sendAll(there);
    readAll(here);

    // Then
    assertThat(lifted).isNull();
    assertThat(here.table.find(EVE)).isEqualTo(other);
  }

  @Test
  void shouldAgreeWithTheTopicWhenProcessesSpeakAtOnce() {
    for (int seed = 0; seed < 300; seed++) {
      // Given
      Random random = new Random(seed);
      Process x = new Process("x");
      Process y = new Process("y");
      List<Record<String, Action>> shared = new ArrayList<>();

      // When: records wait to be sent and to be read, at any length
      for (int step = 0; step < 60; step++) {
        Process one = random.nextBoolean() ? x : y;
        int what = random.nextInt(5);
        if (what == 0) {
          Action action = random.nextInt(3) == 0 ? null : advice("eve", "inc-" + step, step % 7);
          one.say(EVE, action);
          assertThat(one.table.find(EVE)).as("said, seed %d", seed).isEqualTo(action);
        } else if (what < 3) {
          one.send(shared);
        } else {
          one.read(shared);
        }
      }
      for (int i = 0; i < 60; i++) {
        x.send(shared);
        y.send(shared);
      }
      for (int i = 0; i <= shared.size(); i++) {
        x.read(shared);
        y.read(shared);
      }

      // Then
      Action last = shared.isEmpty() ? null : shared.get(shared.size() - 1).value();
      for (Process one : List.of(x, y)) {
        assertThat(one.table.find(EVE)).as("seed %d", seed).isEqualTo(last);
        assertThat(one.table.size()).as("seed %d", seed).isEqualTo(last == null ? 0 : 1);
      }
    }
  }

  @Test
  void shouldTellALiftAgainWhenACrashHasKeptItFromTheTopic() {
    // Given
    Action advised = advice("eve", "inc-a", 100);
    here.say(EVE, advised);
    sendAll(here);
    readAll(here);

    // When
    here.say(EVE, null); // never sent
    List<Action> asked = here.table.advisedBy(Set.of("inc-a"));
    here.unsent.clear();
    here.say(EVE, null);
    sendAll(here);
    readAll(here);

    // Then
    assertThat(asked).containsExactly(advised);
    assertThat(here.table.advisedBy(Set.of("inc-a"))).isEmpty();
  }

  @Test
  void shouldObeyARecordWithoutAMarkWhenAnOperatorWroteIt() {
    // Given
    here.say(EVE, advice("eve", "inc-a", 100));
    sendAll(here);
    readAll(here);
    Headers strange = new RecordHeaders().add(AdviceTable.MARK, null);

    // When
    topic.add(new Record<>(null, advice("eve", "inc-a", 100), 0));
    topic.add(word(EVE, advice("eve", "inc-b", 100), strange));
    readAll(here);
    Action read = here.table.find(EVE);
    topic.add(word(EVE, null, new RecordHeaders()));
    readAll(here);

    // Then
    assertThat(read).isNotNull().extracting(Action::incidentId).isEqualTo("inc-b");
    assertThat(here.table.find(EVE)).isNull();
  }

  @Test
  void shouldForgetTheAccountsThatWereAdvisedFirstWhenThereAreTooMany() {
    // Given / When
    for (int i = 0; i < 100_000; i++) {
      here.say("acme|p" + i, advice("p" + i, "inc-" + i, i));
    }
    here.say("acme|p0", advice("p0", "inc-0", 200_000));
    here.say("acme|one", advice("one", "inc-1", 200_000));
    there.say("acme|two", advice("two", "inc-2", 0));
    sendAll(there);
    readAll(here);

    // Then
    assertThat(here.table.size()).isEqualTo(100_000);
    assertThat(here.table.find("acme|p0")).isNotNull();
    assertThat(here.table.find("acme|p1")).isNull();
    assertThat(here.table.find("acme|p2")).isNull();
    assertThat(here.table.find("acme|p3")).isNotNull();
    assertThat(here.table.advisedBy(Set.of("inc-1", "inc-2", "inc-3")))
        .extracting(Action::principal)
        .containsExactlyInAnyOrder("one", "two", "p3");
  }

  @Test
  void shouldMarkEveryWordWhenItIsSaid() {
    // When
    here.say(EVE, advice("eve", "inc-a", 1));
    here.say(EVE, null);
    there.say(EVE, advice("eve", "inc-a", 1));
    sendAll(here);
    sendAll(there);

    // Then
    assertThat(topic)
        .extracting(
            r ->
                new String(
                    r.headers().lastHeader(AdviceTable.MARK).value(), StandardCharsets.UTF_8))
        .containsExactly("here:1", "here:2", "there:1");
  }

  private void sendAll(Process process) {
    while (!process.unsent.isEmpty()) {
      process.send(topic);
    }
  }

  private void readAll(Process process) {
    while (process.next < topic.size()) {
      process.read(topic);
    }
  }

  /** A record; its time says nothing, for it may be the broker's or that of a verdict. */
  @SuppressWarnings("NullAway") // Kafka's record has null for a tombstone and does not say so
  private static Record<String, Action> word(
      String account, @Nullable Action action, Headers headers) {
    return new Record<>(account, action, 0, headers);
  }

  private static Action advice(String principal, String incident, long issuedAt) {
    return new Action(
        "acme", principal, "loan", Action.Kind.THROTTLE, incident, 1, issuedAt, issuedAt + 1_000);
  }
}
