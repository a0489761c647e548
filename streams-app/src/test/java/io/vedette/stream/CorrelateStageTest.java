package io.vedette.stream;

import static io.vedette.stream.Fixtures.SECOND;
import static io.vedette.stream.Reports.caller;
import static io.vedette.stream.Reports.cell;
import static io.vedette.stream.Reports.finding;
import static io.vedette.stream.Reports.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Verdict;
import io.vedette.correlate.Alerting;
import io.vedette.correlate.IncidentBook;
import io.vedette.correlate.Page;
import io.vedette.state.LiveStore;
import io.vedette.state.UnloggedStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The real book in its stage: restarts, and verdicts that are heard once. */
class CorrelateStageTest {

  private static final long MINUTE = 60 * SECOND;

  /** The stage alone; a restart leaves of it what was written at the last commit. */
  private static final class Alone {
    final VerdictTable verdicts = new VerdictTable(60 * MINUTE);
    final Counters counters = new Counters();
    final List<Incident> incidents = new ArrayList<>();
    private final LiveStore<Page> store = UnloggedStore.named(CorrelateStage.STORE);
    private MockProcessorContext<String, Alert> context = new MockProcessorContext<>();
    private CorrelateStage<Page> stage = stage();
    private long offset;

    Alone() {
      context.setCurrentSystemTimeMs(0L);
      store.init(context.getStateStoreContext(), store);
      start();
    }

    private CorrelateStage<Page> stage() {
      return new CorrelateStage<>(
          new IncidentBook(Alerting.defaults(), 1), verdicts, counters, null);
    }

    private void start() {
      context.setCurrentSystemTimeMs(0L);
      context.addStateStore(store);
      stage.init(context);
    }

    void restart() {
      store.flushCache();
      store.clearCache();
      context = new MockProcessorContext<>();
      stage = stage();
      start();
    }

    /** As Kafka Streams does after an aborted transaction: the same stage, started again. */
    void revive() {
      store.clearCache();
      context = new MockProcessorContext<>();
      start();
    }

    void take(Finding finding) {
      context.setRecordMetadata("findings", 0, offset++);
      stage.process(Stages.record(finding));
      collect();
    }

    void second() {
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(0L);
      collect();
    }

    private void collect() {
      context.forwarded().forEach(f -> incidents.add(f.record().value().incident()));
      context.resetForwards();
    }
  }

  private static List<Finding> story() {
    List<Finding> story = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      story.add(caller("eve", i, 5 + i / 4.0));
      story.add(caller("bob", i, 5));
    }
    story.add(cell(List.of("eve", "mallory"), 30));
    story.add(caller("eve", 31, 40));
    story.add(caller("zoe", 200, 9)); // lets all others close
    return story;
  }

  @Test
  void shouldGoOnWithTheSameIncidentsWhenRestartedAnywhere() {
    // Given
    List<Finding> story = story();
    Alone undisturbed = new Alone();
    story.forEach(undisturbed::take);

    for (int split = 0; split < story.size(); split++) {
      // When
      Alone restarted = new Alone();
      for (int i = 0; i < story.size(); i++) {
        if (i == split) {
          restarted.restart();
        }
        restarted.take(story.get(i));
      }

      // Then
      assertThat(restarted.incidents)
          .as("restarted before finding %d", split)
          .isEqualTo(undisturbed.incidents);
    }
    assertThat(undisturbed.incidents.stream().map(Incident::activity))
        .contains(Activity.CREATE, Activity.UPDATE, Activity.CLOSE);
  }

  @Test
  void shouldTellAndCountTheSameWhenAllFindingsAreReadAgainAfterAState() {
    // Given a state that is ahead of what was committed
    Alone stage = new Alone();
    List<Finding> story = story();
    story.subList(0, 42).forEach(stage::take);
    stage.restart();
    List<Incident> before = List.copyOf(stage.incidents);

    // When
    stage.offset = 0;
    story.forEach(stage::take);

    // Then: nothing of it is told again, and what follows is the same
    Alone undisturbed = new Alone();
    story.forEach(undisturbed::take);
    assertThat(before).hasSizeGreaterThan(2);
    assertThat(stage.incidents).isEqualTo(undisturbed.incidents);
  }

  @Test
  void shouldHearAVerdictOnceWhenItIsReadAgainAfterARestart() {
    // Given
    Alone stage = new Alone();
    VerdictTable.Feeder feeder = feeder(stage.verdicts);
    stage.take(caller("eve", 1, 9));
    String id = stage.incidents.get(0).incidentId();
    Verdict verdict = verdict(id, Verdict.Kind.TRUE_POSITIVE, null, null);

    // When: a restarted stage hears all verdicts again
    stage.restart();
    feeder.process(Stages.record(id, verdict, verdict.timeMicros()));
    stage.second();
    List<Incident> closed = List.copyOf(stage.incidents.subList(1, stage.incidents.size()));
    stage.restart();
    stage.second();

    // Then
    assertThat(closed).extracting(Incident::activity).containsExactly(Activity.CLOSE);
    assertThat(stage.incidents).hasSize(2);
    assertThat(stage.counters.detector("extraction").verdicts(Verdict.Kind.TRUE_POSITIVE).sum())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepAJudgedIncidentWhenARestartHearsItsVerdictAgainBeforeAnyFinding() {
    // Given the only incident, closed by a verdict
    Alone stage = new Alone();
    VerdictTable.Feeder feeder = feeder(stage.verdicts);
    stage.take(caller("eve", 1, 9));
    String id = stage.incidents.get(0).incidentId();
    Verdict first = verdict(id, Verdict.Kind.TRUE_POSITIVE, null, null);
    feeder.process(Stages.record(id, first, first.timeMicros()));
    stage.second();

    // When: it is heard again, and later the analyst changes it
    stage.restart();
    stage.second();
    stage.restart();
    long later = first.timeMicros() + MINUTE;
    Verdict other = new Verdict(id, Verdict.Kind.BENIGN, "ana", "looked again", later, null, null);
    feeder.process(Stages.record(id, other, other.timeMicros()));
    stage.second();

    // Then
    assertThat(stage.counters.detector("extraction").verdicts(Verdict.Kind.BENIGN).sum())
        .isEqualTo(1);
  }

  @Test
  void shouldHearAVerdictAgainWhenTheTransactionThatHeardItWasAborted() {
    // Given
    Alone stage = new Alone();
    stage.take(caller("eve", 1, 9));
    stage.restart();
    String id = stage.incidents.get(0).incidentId();
    Verdict verdict = verdict(id, Verdict.Kind.TRUE_POSITIVE, null, null);
    feeder(stage.verdicts).process(Stages.record(id, verdict, verdict.timeMicros()));
    stage.second();
    List<Incident> aborted = List.copyOf(stage.incidents.subList(1, stage.incidents.size()));

    // When
    stage.revive();
    stage.second();

    // Then
    assertThat(aborted).extracting(Incident::activity).containsExactly(Activity.CLOSE);
    assertThat(stage.incidents.subList(2, stage.incidents.size())).isEqualTo(aborted);
  }

  @Test
  void shouldHearAVerdictWhenACrashMadeItsIncidentUnknown() {
    // Given a verdict on an incident
    Alone stage = new Alone();
    stage.take(caller("eve", 1, 9));
    String id = stage.incidents.get(0).incidentId();
    Alone crashed = new Alone();
    Verdict verdict = verdict(id, Verdict.Kind.TRUE_POSITIVE, null, null);
    feeder(crashed.verdicts).process(Stages.record(id, verdict, verdict.timeMicros()));

    // When: the state is from before it, and its findings are read again after the verdict
    crashed.second();
    crashed.take(caller("eve", 1, 9));

    // Then
    assertThat(crashed.incidents)
        .extracting(Incident::activity)
        .containsExactly(Activity.CREATE, Activity.CLOSE);
    assertThat(crashed.counters.detector("extraction").verdicts(Verdict.Kind.TRUE_POSITIVE).sum())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepNoVerdictInItsStoreWhenTheTableForgotIt() {
    // Given
    VerdictTable table = new VerdictTable(60 * MINUTE);
    KeyValueStore<String, Verdict> store = verdictStore();
    VerdictTable.Feeder feeder = feeder(table, store);

    // When
    for (int i = 0; i <= 100_000; i++) {
      Verdict verdict = verdict("inc-" + i, Verdict.Kind.TRUE_POSITIVE, null, null);
      feeder.process(Stages.record(verdict.incidentId(), verdict, verdict.timeMicros()));
    }
    feeder(table, store);

    // Then
    assertThat(store.get("inc-0")).isNull();
    assertThat(store.get("inc-1")).isNotNull();
    assertThat(table.on("inc-0")).isNull();
    assertThat(table.on("inc-100000")).isNotNull();
    assertThat(table.arrived()).isEqualTo(100_001);
  }

  private static VerdictTable.Feeder feeder(VerdictTable table) {
    return feeder(table, verdictStore());
  }

  private static KeyValueStore<String, Verdict> verdictStore() {
    KeyValueStore<String, Verdict> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(VerdictTable.STORE),
                Serdes.String(),
                Fixtures.alerting().verdicts())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    return store;
  }

  private static VerdictTable.Feeder feeder(
      VerdictTable table, KeyValueStore<String, Verdict> store) {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    context.addStateStore(store);
    VerdictTable.Feeder feeder = new VerdictTable.Feeder(table);
    feeder.init(context);
    return feeder;
  }
}
