package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicConfigsTest {

  private static final Settings.Topics TOPICS = Settings.defaultTopics();

  private final TopicConfigs check = new TopicConfigs(new ArrayList<>(), new ArrayList<>());

  @Test
  void shouldBeContentWhenTopicsAreAsTheyAreCreated() {
    // When
    for (String role : TOPICS.byRole().keySet()) {
      check.compare(role, TOPICS, TOPICS.partitions(), TopicConfigs.promised(role, TOPICS));
    }

    // Then
    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "incidents | compact | topic vedette.incidents has cleanup.policy=compact, must be delete;"
            + " compaction drops all but the last record of a key",
        "incidents | compact,delete | topic vedette.incidents has cleanup.policy=compact,delete,"
            + " must be delete; compaction drops all but the last record of a key",
        "baselines | delete | topic vedette.baselines has cleanup.policy=delete, must be compact;"
            + " deletion drops what is still valid",
        "actions | delete,compact | topic vedette.actions has cleanup.policy=delete,compact, must be"
            + " compact; deletion drops what is still valid"
      })
  void shouldNameTheTopicWhenItsCleanupBreaksTheContract(
      String role, String policy, String problem) {
    // When
    compare(role, Map.of("cleanup.policy", policy));

    // Then
    assertThat(check.problems()).containsExactly(problem);
    assertThat(check.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retention.ms | 3600000 | topic vedette.incidents has retention.ms=3600000, must be at least"
            + " 7776000000, or -1",
        "message.timestamp.type | CreateTime | topic vedette.incidents has"
            + " message.timestamp.type=CreateTime, must be LogAppendTime; old traffic may be deleted"
            + " before it is read"
      })
  void shouldWarnWhenRecordsMayGoTooEarly(String key, String value, String warning) {
    // When
    compare("incidents", Map.of(key, value));

    // Then
    assertThat(check.problems()).isEmpty();
    assertThat(check.warnings()).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource({"-1", "7776000000", "9999999999999"})
  void shouldBeContentWhenRecordsAreKeptLonger(String retention) {
    // When
    compare("incidents", Map.of("retention.ms", retention));

    // Then
    assertThat(check.warnings()).isEmpty();
  }

  @Test
  void shouldWarnWhenPartitionsDifferOrConfigurationsAreHidden() {
    // When
    check.compare("models", TOPICS, 3, TopicConfigs.promised("models", TOPICS));
    check.notSeen(List.of("a", "b"));

    // Then
    assertThat(check.warnings())
        .containsExactly(
            "topic vedette.models has 3 partitions, topics.partitions is 6",
            "cleanup and retention were not looked at, missing right: DescribeConfigs on topics a,"
                + " b");
  }

  private void compare(String role, Map<String, String> other) {
    Map<String, String> config = new HashMap<>(TopicConfigs.promised(role, TOPICS));
    config.putAll(other);
    check.compare(role, TOPICS, TOPICS.partitions(), config);
  }
}
