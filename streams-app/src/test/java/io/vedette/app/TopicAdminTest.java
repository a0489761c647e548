package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicAdminTest {

  @Test
  void shouldNameTheSettingAndTheAddressWhenNoBrokerListens() throws Exception {
    // Given
    String address = "127.0.0.1:" + FreePorts.one();
    Settings settings =
        SettingsLoader.load(null, Map.of("VEDETTE_KAFKA_BOOTSTRAPSERVERS", address));

    // When, then
    assertThatThrownBy(() -> new TopicAdmin(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kafka.bootstrapServers = " + address)
        .hasMessageContaining("refused")
        .hasMessageNotContaining("null");
  }

  @Test
  void shouldBeContentWhenOneOfTwoAddressesTakesConnections() throws IOException {
    try (var open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Given
      String addresses = "127.0.0.1:" + FreePorts.one() + ", 127.0.0.1:" + open.getLocalPort();

      // When
      String problem = Reachability.problem(addresses);

      // Then
      assertThat(problem).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "a:b", "a:99999", ""})
  void shouldLeaveItToKafkaWhenTheListCannotBeUnderstood(String addresses) {
    assertThat(Reachability.problem(addresses)).isEmpty();
  }
}
