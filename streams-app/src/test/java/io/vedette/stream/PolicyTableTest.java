package io.vedette.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Finding;
import io.vedette.core.Origin;
import io.vedette.core.Policy;
import io.vedette.core.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTableTest {

  private static final Finding FINDING =
      Fixtures.finding("a", Fixtures.T0, "one", new Sample("r", new Origin("t", 0, 0)));

  @TempDir private Path dir;

  @Test
  void shouldMarkFindingsWhileThePolicyOfTheirModelCallsItCritical() {
    // Given a topology whose policies come and go
    var table = new PolicyTable();
    var stories = new ArrayList<Boolean>();
    var builder = new StreamsBuilder();
    var keys = Serdes.String();
    var policies = Fixtures.serdes().policies();
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(PolicyTable.STORE), keys, policies)
            .withLoggingDisabled(),
        "models",
        Consumed.with(keys, policies),
        () -> new PolicyTable.Feeder(table));
    Properties config =
        StreamsConfigs.of("policies", "none:9092", dir.toString())
            .properties(new DeadLetters("letters", 10, new Counters(), () -> 0L));
    try (var driver = new TopologyTestDriver(builder.build(), config)) {
      var models = driver.createInputTopic("models", new StringSerializer(), policies.serializer());

      // When
      stories.add(marked(table));
      models.pipeInput("other", new Policy("other", true, 1));
      stories.add(marked(table));
      models.pipeInput("credit", new Policy("credit", true, 1));
      stories.add(marked(table));
      models.pipeInput("credit", new Policy("credit", false, 2));
      stories.add(marked(table));
      models.pipeInput("credit", new Policy("credit", true, 3));
      stories.add(marked(table));
      models.pipeInput("credit", (Policy) null);
      stories.add(marked(table));
    }

    // Then
    assertThat(stories).isEqualTo(List.of(false, false, true, false, true, false));
  }

  private static boolean marked(PolicyTable table) {
    return table.marked(FINDING).attributes().containsKey(Finding.CRITICAL_MODEL);
  }
}
