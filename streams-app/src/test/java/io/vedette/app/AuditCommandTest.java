package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.control.v1.ModelPolicy;
import io.vedette.control.v1.ModelStatus;
import io.vedette.edge.cli.AuditLine;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  @Test
  void shouldTellWhoWroteAPolicyAndWhatItSays() {
    // Given
    var record = new ConsumerRecord<>("vedette.models", 0, 7L, new byte[0], new byte[0]);
    header(record, "vedette-actor", "ops");
    ModelPolicy policy;
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry())) {
      var policies = wire.records(ModelPolicy.class);
      byte[] written = policies.serializer().serialize("vedette.models", blocked());
      policy = policies.deserializer().deserialize("vedette.models", written);
    }

    // When
    AuditLine line = AuditCommand.policy(record, policy);

    // Then
    assertThat(line.kind()).isEqualTo("policy");
    assertThat(line.who()).isEqualTo("ops");
    assertThat(line.what())
        .isEqualTo(
            "loan BLOCKED, approved builds any, tenants 2, scopes any, rows an hour 500,"
                + " criticality critical, owner risk");
    assertThat(line.where()).isEqualTo("vedette.models-0@7");
  }

  private static ModelPolicy blocked() {
    return ModelPolicy.newBuilder()
        .setModel("loan")
        .setStatus(ModelStatus.BLOCKED)
        .setTenants(List.of("acme", "zen"))
        .setRowsPerHour(500L)
        .setOwner("risk")
        .setUpdatedAt(Instant.EPOCH)
        .setAttributes(Map.of("criticality", "critical"))
        .build();
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
