package io.vedette.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values end with a message that names the value. */
class ChartRefusalTest {

  private static final Pattern FAIL =
      Pattern.compile("fail (?:\\(printf )?\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final String CASES =
      """
      replicaCnt=2                                     | additional properties 'replicaCnt' not allowed
      kafka.bootstrapServer=x                          | additional properties 'bootstrapServer' not allowed
      settings.alerting.closeafter=PT1H                | additional properties 'closeafter' not allowed
      settings.detectors.extractoin.enabled=true       | additional properties 'extractoin' not allowed
      replicaCount=two                                 | at '/replicaCount': got string, want integer
      kafka.security.protocol=SASL                     | at '/kafka/security/protocol'
      settings.pairing.maxWait=30s                     | at '/settings/pairing/maxWait'
      image.tag=latest                                 | at '/image/tag'
      image.digest=sha256:abc                          | at '/image/digest'
      registry.url=http://user:pw@registry             | at '/registry/url'
      kafka.bootstrapServers=                          | kafka.bootstrapServers must name your brokers
      registry.url=                                    | registry.url must be the address
      salt.existingSecret=                             | salt.existingSecret must name a secret
      kafka.groupProtocol=streams                      | needs brokers from 4.2 on, kafka.brokerVersion is 4.0
      kafka.groupProtocol=streams;kafka.brokerVersion=4.3 | kafka.staticMembership needs brokers from 4.4 on, kafka.brokerVersion is 4.3
      kafka.groupProtocol=streams;kafka.brokerVersion=4.4 | needs Kafka clients from 4.4 on and this version has 4.3
      kafka.groupProtocol=streams;kafka.brokerVersion=4.2;kafka.staticMembership=false | set kafka.standbyReplicas to 0
      kafka.sessionTimeoutSeconds=60                   | kafka.sessionTimeoutSeconds must be above terminationGracePeriodSeconds, which is 60
      kafka.security.protocol=SASL_SSL                 | kafka.security.existingSecret must name the secret of the credentials for SCRAM-SHA-512
      kafka.tls.caSecret=ca                            | kafka.security.protocol is PLAINTEXT
      kafka.security.protocol=SASL_PLAINTEXT;kafka.security.mechanism=PLAIN;kafka.security.existingSecret=s | sends the password in the clear
      registry.auth.type=basic                         | registry.auth.existingSecret must name the secret
      kafka.properties.ssl\\.keystore\\.password=x     | ssl.keystore.password is a secret and would stand in a ConfigMap
      registry.properties.basic\\.auth\\.user\\.info=a:b | basic.auth.user.info is a secret and would stand in a ConfigMap
      strimzi.user=true                                | strimzi.cluster must name the Strimzi cluster
      certManager.enabled=true                         | certManager.issuerName must name an issuer
      replicaCount=4                                   | replicaCount times kafka.threads is 8, more than topics.partitions, which is 6
      autoscaling.mode=keda;autoscaling.maxReplicas=9  | autoscaling.maxReplicas times kafka.threads is 18
      autoscaling.mode=keda;autoscaling.minReplicas=5  | autoscaling.minReplicas must be at most autoscaling.maxReplicas, which is 3
      autoscaling.mode=keda;kafka.security.protocol=SASL_SSL;kafka.security.mechanism=OAUTHBEARER | autoscaling.mode keda needs user name and password
      autoscaling.minReplicas=0                        | at '/autoscaling/minReplicas'
      autoscaling.kafkaVersion=1.0.0                   | at '/autoscaling/kafkaVersion'
      autoscaling.kafkaVersion=2.0.1                   | at '/autoscaling/kafkaVersion'
      replicaCount=1                                   | kafka.standbyReplicas must be below the number of pods
      podDisruptionBudget.maxUnavailable=0             | podDisruptionBudget.maxUnavailable must be at least 1
      memory.limit=512Mi                               | memory.limit must be at least 1Gi, was 512Mi
      memory.limit=1Gi;memory.heapPercent=60;memory.rocksdbPercent=30 | leave less than 256Mi of memory.limit
      memory.limit=1Gi;memory.heapPercent=50;memory.rocksdbPercent=22;tracing.enabled=true;tracing.endpoint=http://collector:4318;tracing.agent.image=agent:1 | leave less than 306Mi of memory.limit, which is 1Gi, for the Java runtime itself and the tracing agent
      memory.limit=1Gi;kafka.threads=3                 | memory.limit 1Gi leaves 307Mi of heap besides live state, and kafka.threads 3 need 320Mi
      http.auth.methods[0]=basic                        | http.auth.existingSecret must name the secret of the accounts
      http.auth.methods[0]=oidc                         | http.auth.methods sends logins: set http.tls.existingSecret
      http.auth.methods[0]=oidc;http.tls.atProxy=true   | http.auth.oidc needs issuer, jwksUrl and audience
      http.auth.methods[0]=digest                       | at '/http/auth/methods/0'
      http.auth.oidc.algorithms[0]=none                 | at '/http/auth/oidc/algorithms/0'
      http.auth.oidc.jwksUrl=http://idp/jwks           | at '/http/auth/oidc/jwksUrl'
      http.auth.metrics=true                           | http.auth.metrics asks for a login that nobody has
      networkPolicy.apiFrom[0].podSelector.matchLabels.a=b | which listen on loopback only: set http.auth.methods
      http.auth.methods[0]=bearer;http.auth.existingSecret=s;http.tls.atProxy=true;http.auth.openBeyondLoopback=true | http.auth.openBeyondLoopback must be false when
      http.auth.methods[0]=bearer;http.auth.existingSecret=s;http.tls.atProxy=true;http.auth.metrics=true;metrics.monitor=podMonitor | metrics.tokenSecret must name a secret
      http.managementPort=8080                         | http.managementPort must differ from http.port
      certManager.http=true                            | certManager.issuerName must name an issuer
      javaOptions[0]=-XX:+HeapDumpOnOutOfMemoryError   | only -XX:HeapDumpPath=/tmp/... is allowed
      javaOptions[0]=-XX:HeapDumpPath=/var/lib/vedette/h | only -XX:HeapDumpPath=/tmp/... is allowed
      javaOptions[0]=-XX:HeapDumpPath=/tmp/../var/lib/vedette | only -XX:HeapDumpPath=/tmp/... is allowed
      javaOptions[0]=-XX:HeapDumpPath=/tmp/h;javaOptions[1]=-XX:HeapDumpPath=/var/h;tmpSizeLimit=4Gi | only -XX:HeapDumpPath=/tmp/... is allowed
      javaOptions[0]=-XX:HeapDumpPath=/tmp/h           | tmpSizeLimit 256Mi is below the heap of 1024Mi
      javaOptions[0]=-Djavax.net.ssl.keyStorePassword=x | javaOptions has a property that looks like a secret
      extraEnv[0].name=JDK_JAVA_OPTIONS;extraEnv[0].value=-XX:+HeapDumpOnOutOfMemoryError | extraEnv sets JDK_JAVA_OPTIONS: use javaOptions
      tracing.enabled=true                             | tracing.endpoint must be the address of your collector
      tracing.enabled=true;tracing.endpoint=http://collector:4318 | tracing.agent.image must name an image
      tracing.endpoint=http://user:pw@collector        | at '/tracing/endpoint'
      tracing.agent.image=agent:latest                 | at '/tracing/agent/image'
      terminationGracePeriodSeconds=10                 | at '/terminationGracePeriodSeconds'
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = CASES)
  void shouldRefuseWithTheReasonWhenAValueIsWrong(String set, String message) {
    assertThatThrownBy(() -> Chart.render(Chart.MINIMAL, Chart.OLDEST, values(set)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseWhenKubernetesIsTooOld() {
    // When, then
    assertThatThrownBy(() -> Chart.render(Chart.MINIMAL, "1.26.0", Map.of()))
        .hasMessageContaining("chart requires kubeVersion: >=1.27.0-0");
  }

  @Test
  void shouldHaveACaseWhenATemplateRefuses() throws IOException {
    // Given
    List<String> refusals = new ArrayList<>();
    try (Stream<Path> files = Files.list(Chart.DIRECTORY.resolve("templates"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher fails = FAIL.matcher(Files.readString(file));
        while (fails.find()) {
          refusals.add(fails.group(1).replace("\\\"", "\""));
        }
      }
    }
    assertThat(refusals).hasSizeGreaterThan(30);

    // When
    List<String> messages = new ArrayList<>();
    for (String line : CASES.split("\n")) {
      Map<String, String> values =
          values(line.substring(0, line.indexOf('|')).replace("\\\\", "\\"));
      messages.add(
          catchThrowable(() -> Chart.render(Chart.MINIMAL, Chart.OLDEST, values)).getMessage());
    }

    // Then
    assertThat(refusals)
        .allMatch(refusal -> messages.stream().anyMatch(m -> pattern(refusal).matcher(m).find()));
  }

  /** Of the messages that a format makes. */
  private static Pattern pattern(String format) {
    return Pattern.compile(
        Pattern.compile("%[sd]")
            .splitAsStream(format)
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  private static Map<String, String> values(String set) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : set.split(";")) {
      String[] keyAndValue = pair.split("=", 2);
      values.put(keyAndValue[0].strip(), keyAndValue[1].strip());
    }
    return values;
  }
}
