package io.vedette.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vedette.control.v1.Verdict;
import io.vedette.control.v1.VerdictKind;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.IncidentStage;
import io.vedette.core.Maturity;
import io.vedette.core.Measurement;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Policy;
import io.vedette.core.Sample;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** The serdes of every topic, over a registry in memory. */
class WireSerdesTest {

  private static final String TOPIC = "topic";

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireSerdes serdes = new WireSerdes(Map.of(), registry);

  @Test
  void shouldGiveTheSameFindingBackWhenLimitsAreAbsentAndEvidenceInfinite() {
    // Given
    Finding finding =
        new Finding(
            "provenance",
            Scope.MODEL,
            "model:m",
            "acme",
            null,
            List.of("a", "b"),
            new ModelRef("m", "1", null),
            5_000_001L,
            -3L,
            0.5,
            Double.POSITIVE_INFINITY,
            17,
            Maturity.INCUBATING,
            Severity.HIGH,
            List.of(new Technique("AML.T0024", "Exfiltration")),
            List.of(
                new Measurement("a", 1.5, "1", 2), new Measurement("b", 2, "{query}", Double.NaN)),
            List.of(new Sample("r", new Origin("t", 3, 99))),
            "One sentence.",
            Map.of("k", "v"));

    // When
    Finding read = roundTrip(serdes.findings(), finding);

    // Then
    assertThat(read).isEqualTo(finding);
  }

  @Test
  void shouldGiveTheSameIncidentBackWhenClosed() {
    // Given
    Incident incident =
        new Incident(
            "i-1",
            Incident.Activity.CLOSE,
            4,
            5L,
            4L,
            3L,
            2L,
            "acme",
            List.of("p"),
            "m",
            List.of("extraction"),
            List.of(new Technique("AML.T0024.002", "Extract ML Model")),
            Severity.CRITICAL,
            0.9,
            88.5,
            7.25,
            1234,
            "Title",
            "Summary",
            List.of(new Measurement("w", 0.5, "1", 0.9)),
            List.of(new Sample("r", new Origin("t", 0, 1))),
            "quiet");

    // When
    Incident read = roundTrip(serdes.incidents(), incident);

    // Then
    assertThat(read).isEqualTo(incident);
  }

  @Test
  void shouldGiveTheDetailsBackWhenAnIncidentHasThem() {
    // Given
    IncidentDetails details =
        new IncidentDetails(
            7,
            3,
            61,
            1,
            List.of(IncidentStage.EXTRACTION, IncidentStage.CRAFTING),
            "inc-2",
            List.of("inc-3"),
            io.vedette.core.Verdict.Kind.BENIGN,
            List.of("a sweep"),
            List.of("Ask."),
            "page");
    Incident incident =
        new Incident(
            "i-1",
            Incident.Activity.UPDATE,
            4,
            5L,
            4L,
            3L,
            2L,
            "acme",
            List.of("p"),
            "m",
            List.of("extraction"),
            List.of(),
            Severity.CRITICAL,
            0.9,
            88.5,
            7.25,
            1234,
            "Title",
            "Summary",
            List.of(),
            List.of(),
            null,
            details);

    // When
    Incident read = roundTrip(serdes.incidents(), incident);

    // Then
    assertThat(read).isEqualTo(incident);
  }

  @Test
  void shouldGiveTheSameVerdictBackWhenItHasAScopeOrNone() {
    // Given
    io.vedette.core.Verdict.Reach scope =
        new io.vedette.core.Verdict.Reach("acme", null, "m", "evasion");
    io.vedette.core.Verdict excepting =
        new io.vedette.core.Verdict(
            "inc-1", io.vedette.core.Verdict.Kind.FALSE_POSITIVE, "ana", "note", 5, scope, 9L);
    io.vedette.core.Verdict plain =
        new io.vedette.core.Verdict(
            "inc-1", io.vedette.core.Verdict.Kind.UNKNOWN, "ana", "", 5, null, null);

    // When / Then
    assertThat(roundTrip(serdes.verdicts(), excepting)).isEqualTo(excepting);
    assertThat(roundTrip(serdes.verdicts(), plain)).isEqualTo(plain);
  }

  @Test
  void shouldGiveTheSameActionBackWhenItIsForAModelOrAll() {
    // Given
    io.vedette.core.Action one =
        new io.vedette.core.Action(
            "acme", "p", "m", io.vedette.core.Action.Kind.LABEL_ONLY, "inc-1", 0.9, 5, 9);
    io.vedette.core.Action all =
        new io.vedette.core.Action(
            "acme", "p", null, io.vedette.core.Action.Kind.DENY, "inc-1", 1, 5, 9);

    // When / Then
    assertThat(roundTrip(serdes.actions(), one)).isEqualTo(one);
    assertThat(roundTrip(serdes.actions(), all)).isEqualTo(all);
  }

  @Test
  void shouldGiveTheSameBaselineBackWhenItHasAProfile() {
    // Given
    BaselineRecord baseline =
        new BaselineRecord("m", "1", 42L, "c", true, 1000, 30, new byte[] {1, 2, 3});

    // When
    BaselineRecord read = roundTrip(serdes.baselines(), baseline);

    // Then
    assertThat(read).usingRecursiveComparison().isEqualTo(baseline);
  }

  @Test
  void shouldKeepOfAPolicyWhatIncidentsFollowFrom() {
    // Given
    Policy critical = new Policy("loan", true, 42L);
    Policy plain = new Policy("chat", false, 42L);

    // When / Then
    assertThat(roundTrip(serdes.policies(), critical)).isEqualTo(critical);
    assertThat(roundTrip(serdes.policies(), plain)).isEqualTo(plain);
  }

  @Test
  void shouldGiveGeneratedRecordsBackWhenCoreHasNoWordForThem() {
    // Given
    Verdict verdict =
        Verdict.newBuilder()
            .setIncidentId("i")
            .setVerdict(VerdictKind.BENIGN)
            .setAnalyst("ana")
            .setTime(Instant.EPOCH)
            .build();

    // When
    Verdict read = roundTrip(serdes.records(Verdict.class), verdict);

    // Then
    assertThat(read).isEqualTo(verdict);
  }

  @Test
  void shouldPassNullThroughWhenTombstone() {
    // Given
    Serde<BaselineRecord> serde = serdes.baselines();

    // When
    byte[] bytes = serde.serializer().serialize(TOPIC, null);

    // Then
    assertThat(bytes).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
  }

  @Test
  void shouldNameBothSchemasWhenTopicCarriesAnother() {
    // Given
    Exchange exchange = new RandomExchanges(11).next(Exchange.Pairing.REQUEST_ONLY, TOPIC);
    byte[] bytes = serdes.requests().serializer().serialize(TOPIC, exchange);

    // When
    var thrown = catchThrowable(() -> serdes.responses().deserializer().deserialize(TOPIC, bytes));

    // Then
    assertThat(thrown)
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("InferenceResponse")
        .hasMessageContaining("InferenceRequest");
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    byte[] bytes = serde.serializer().serialize(TOPIC, value);
    return serde.deserializer().deserialize(TOPIC, bytes);
  }
}
