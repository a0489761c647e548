package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.edge.cli.AuditLine;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditCommandTest {

  private final AuditCommand command = new AuditCommand();

  @Test
  void shouldTellOnlyWhereTheSettingsOfAChainChange() {
    assertThat(told(0, "1 abc")).isNotNull();
    assertThat(told(0, "1 abc")).isNull();
    assertThat(told(1, "1 abc")).isNotNull();
    assertThat(told(0, "2 abc")).isNotNull();
    assertThat(told(0, "2 abc")).isNull();
  }

  @Test
  void shouldForgetTheChainNotSeenForLongestWhenThereAreTooMany() {
    // Given: 1,000 chains, the first of them seen once more
    for (int chain = 0; chain < 1_000; chain++) {
      told(chain, "1 abc");
    }
    told(0, "1 abc");

    // When
    told(1_000, "1 abc");

    // Then
    assertThat(told(0, "1 abc")).isNull();
    assertThat(told(2, "1 abc")).isNull();
    assertThat(told(1, "1 abc")).isNotNull();
  }

  private @Nullable AuditLine told(int chain, String writer) {
    var record = new ConsumerRecord<>("i", 0, 0, new byte[0], new byte[0]);
    header(record, "vedette-chain", "0@" + chain + ":1");
    header(record, "vedette-previous", "a".repeat(64));
    header(record, "vedette-writer", writer);
    header(record, "vedette-hash", "b".repeat(64));
    return command.settings(record);
  }

  private static void header(ConsumerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
