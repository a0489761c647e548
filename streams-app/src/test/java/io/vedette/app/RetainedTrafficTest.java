package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.wire.SchemaRegistryException;
import io.vedette.wire.SchemaRegistryException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What becomes of the records of traffic, and in which order. Values are times, milliseconds. */
class RetainedTrafficTest {

  private final RetainedTraffic traffic = new RetainedTraffic(Settings.defaults(), null, null);
  private final List<String> read = new ArrayList<>();

  @Test
  void shouldFailWhenTheRegistryIsAway() throws IOException {
    // Given
    MockTopic topic = new MockTopic(3);
    RetainedRecords<RetainedTraffic.Item> records = open(topic);
    add(topic, 0, 1, "1");
    add(topic, 0, 2, "away");
    add(topic, 0, 3, "3");

    // Then: nothing is skipped, and nothing buried
    assertThatThrownBy(() -> records.forEach(this::take))
        .isInstanceOf(SerializationException.class)
        .hasMessage("as the client wraps it");
    assertThat(read).containsExactly("1");
  }

  @Test
  void shouldHoldUpNothingWhenARecordCannotBeRead() throws IOException {
    // Given: its record is later than all others
    MockTopic topic = new MockTopic(3, 2);
    RetainedRecords<RetainedTraffic.Item> records = open(topic);
    add(topic, 0, 9_000, "bad");
    add(topic, 0, 9_000, "1");
    add(topic, 0, 9_000, "3");
    add(topic, 1, 9_000, "2");
    add(topic, 1, 9_000, "4");

    // When
    records.forEach(this::take);

    // Then
    assertThat(read).containsExactly("letter t-0 0", "1", "2", "3", "4");
  }

  @Test
  void shouldHoldUpNothingWhenAnEventSaysThatItIsOfTheFuture() throws IOException {
    // Given: appended at 1 ms
    MockTopic topic = new MockTopic(3, 2);
    RetainedRecords<RetainedTraffic.Item> records = open(topic);
    add(topic, 0, 1, "999999");
    add(topic, 0, 2, "2");
    add(topic, 0, 4, "4");
    add(topic, 1, 3, "3");
    add(topic, 1, 5, "5");

    // When
    records.forEach(this::take);

    // Then
    assertThat(read).containsExactly("999999", "2", "3", "4", "5");
  }

  @Test
  void shouldLeaveOutWhatIsOutsideOfTheSpan() throws IOException {
    // Given
    RetainedTraffic span =
        new RetainedTraffic(
            Settings.defaults(), Instant.ofEpochMilli(10), Instant.ofEpochMilli(20));
    MockTopic topic = new MockTopic(4);
    RetainedRecords<RetainedTraffic.Item> records =
        topic.open(
            record -> span.item(RetainedTrafficTest::exchange, record),
            RetainedTraffic.Item::timeMicros,
            () -> 0);
    for (String time : List.of("9", "10", "19", "20")) {
      add(topic, 0, 50, time);
    }

    // When
    records.forEach(this::take);

    // Then
    assertThat(read).containsExactly("10", "19");
  }

  private RetainedRecords<RetainedTraffic.Item> open(MockTopic topic) throws IOException {
    return topic.open(
        record -> traffic.item(RetainedTrafficTest::exchange, record),
        RetainedTraffic.Item::timeMicros,
        () -> 0);
  }

  private static void add(MockTopic topic, int partition, long millis, String value) {
    topic.add(partition, millis, new byte[0], value.getBytes(StandardCharsets.UTF_8));
  }

  private void take(RetainedTraffic.Item item) {
    if (item.exchange() != null) {
      read.add(String.valueOf(item.exchange().timeMicros() / 1000));
    } else if (item.letter() != null) {
      read.add("letter " + item.letter().file() + " " + item.letter().line());
    }
  }

  private static Exchange exchange(ConsumerRecord<byte[], byte[]> record) {
    String value = new String(record.value(), StandardCharsets.UTF_8);
    if (value.equals("away")) {
      throw new SerializationException(
          "as the client wraps it", new SchemaRegistryException(Kind.UNAVAILABLE, "away"));
    }
    if (value.equals("bad")) {
      throw new SchemaRegistryException(Kind.NOT_FOUND, "no such schema");
    }
    return new Exchange(
        "r",
        new CallerId("acme", "svc"),
        new ModelRef("m", "1", ""),
        Long.parseLong(value) * 1000,
        Payload.NONE,
        List.of(),
        null,
        null,
        0,
        -1,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Exchange.Pairing.SINGLE_EVENT,
        new Origin(record.topic(), record.partition(), record.offset()));
  }
}
