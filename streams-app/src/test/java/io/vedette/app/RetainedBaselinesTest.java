package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.baseline.Baseline;
import io.vedette.detect.CleanModel;
import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which baselines of a topic are in force. */
class RetainedBaselinesTest {

  private static final Baseline FIRST = CleanModel.baseline(2, 3);
  private static final Baseline SECOND = CleanModel.baseline(3, 3);

  @Test
  void shouldTakeTheLatestOfEachModelVersion() throws IOException {
    assertThat(inForce(List.of("loan/1", "loan/2", "loan/1"), "first", "first", "second"))
        .containsExactly(SECOND, FIRST);
  }

  @Test
  void shouldForgetABaselineWhenATombstoneFollows() throws IOException {
    assertThat(inForce(List.of("loan/1", "loan/2", "loan/1"), "first", "second", null))
        .containsExactly(SECOND);
    assertThat(inForce(List.of("loan/1", "loan/1", "loan/1"), "first", null, "second"))
        .containsExactly(SECOND);
  }

  @Test
  void shouldSkipARecordWhenNobodyCanReadIt() throws IOException {
    assertThat(inForce(List.of("loan/1", "loan/1", "loan/2"), "first", "bad", "second"))
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void shouldFailWhenTheRegistryIsAway() {
    assertThatThrownBy(() -> inForce(List.of("loan/1", "loan/2"), "first", "away"))
        .isInstanceOf(SerializationException.class)
        .hasMessage("as the client wraps it");
  }

  private static List<Baseline> inForce(List<String> keys, @Nullable String... values)
      throws IOException {
    MockTopic topic = new MockTopic(keys.size());
    RetainedRecords<RetainedBaselines.Change> records =
        topic.open(
            record -> RetainedBaselines.change(record, (name, bytes) -> baseline(bytes)),
            change -> 0,
            () -> 0);
    for (int i = 0; i < keys.size(); i++) {
      String value = values[i];
      topic.add(
          0,
          i,
          keys.get(i).getBytes(StandardCharsets.UTF_8),
          value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
    return RetainedBaselines.inForce(records);
  }

  private static Baseline baseline(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (text) {
      case "first" -> FIRST;
      case "second" -> SECOND;
      case "away" ->
          throw new SerializationException(
              "as the client wraps it", new SchemaRegistryException(Kind.UNAVAILABLE, "away"));
      default -> throw new SchemaRegistryException(Kind.NOT_FOUND, "no such schema");
    };
  }
}
