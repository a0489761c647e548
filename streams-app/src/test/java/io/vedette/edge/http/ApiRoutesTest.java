package io.vedette.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.core.Severity;
import io.vedette.edge.http.login.Role;
import io.vedette.edge.http.login.User;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRoutesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final User ANALYST = new User("ana", Role.ANALYST);
  private static final User ADMIN = new User("ada", Role.ADMIN);

  private final TestSources given = new TestSources();
  private final ApiRoutes routes = new ApiRoutes(given.sources(), Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "severity=high, 2",
    "severity=CRITICAL, 1",
    "severity=low, 3",
    "model=m, 3",
    "model=other, 0",
    "technique=AML.T0024, 3",
    "technique=AML.T0024.002, 3",
    "technique=AML.T00, 0",
    "detector=extraction, 3",
    "tenant=acme&state=open, 3",
    "state=closed, 0",
    "severity=high&limit=1, 1"
  })
  void shouldShowWhatIsAskedForWhenFiltered(String query, int expected) throws Exception {
    // Given
    given.incidents.accept(TestSources.incident("a", 0, "t", Severity.LOW, List.of("p")));
    given.incidents.accept(TestSources.incident("b", 0, "t", Severity.HIGH, List.of("p")));
    given.incidents.accept(TestSources.incident("c", 0, "t", Severity.CRITICAL, List.of("p")));

    // When
    JsonNode list = get("/api/incidents", query);

    // Then
    assertThat(list).hasSize(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "severity=bad<script>",
        "state=x",
        "limit=0",
        "limit=201",
        "limit=1&limit=2",
        "nothing=1",
        "model",
        "model=%",
        "before=99999999999999999999",
        "a&b&c&d&e&f&g&h&i&j&k"
      })
  void shouldSayWhatIsAllowedWhenTheQueryIsWrong(String query) {
    // When
    Response response = call("/api/incidents", query, "", ANALYST, false);

    // Then
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).doesNotContain("script").contains("error");
  }

  @Test
  void shouldShowEachIncidentOnceWhenPagesAreTurned() throws Exception {
    // Given
    for (int i = 0; i < 25; i++) {
      given.incidents.accept(TestSources.incident("i-" + i, 0, "t"));
    }
    List<String> seen = new ArrayList<>();
    String before = "";

    // When
    for (int page = 0; page < 3; page++) {
      Response response = call("/api/incidents", "limit=10" + before, "", ANALYST, false);
      new ObjectMapper()
          .readTree(response.body())
          .forEach(i -> seen.add(i.get("incidentId").asText()));
      before = "&before=" + response.headers().getOrDefault("X-Next-Before", "none");
      given.incidents.accept(TestSources.incident("new-" + page, 0, "t"));
    }

    // Then
    assertThat(seen).hasSize(25).doesNotHaveDuplicates().doesNotContain("new-0");
    assertThat(before).endsWith("none");
  }

  @Test
  void shouldTellTheWholeStoryWhenAnIncidentIsOpened() throws Exception {
    // Given
    for (int i = 0; i < 100; i++) {
      given.incidents.accept(TestSources.incident("i-1", i, "t"));
    }

    // When
    JsonNode incident = get("/api/incidents/i-1", "");

    // Then: the first step and the latest ones
    assertThat(incident.get("timeline")).hasSize(32);
    assertThat(incident.at("/timeline/0/activity").asText()).isEqualTo("CREATE");
    assertThat(incident.at("/timeline/31/sequence").asInt()).isEqualTo(99);
    assertThat(incident.at("/timeline/31/evidence/0/value").asDouble()).isEqualTo(99.5);
    assertThat(incident.at("/runbooks/extraction").asText())
        .isEqualTo("https://runbooks.example/extraction");
  }

  @Test
  void shouldMakeTheNarrowestExceptionWhenOnlyItsEndIsGiven() throws Exception {
    // Given
    given.incidents.accept(TestSources.incident("i-1", 0, "t", Severity.HIGH, List.of("svc")));

    // When
    Response response =
        post(
            "{\"verdict\":\"BENIGN\",\"note\":\"load test\",\"until\":\"2026-03-08T00:00:00Z\"}",
            ANALYST);

    // Then
    assertThat(response.status()).isEqualTo(201);
    Judgement judgement = given.written.get(0);
    assertThat(judgement.scope()).isEqualTo(new Judgement.Scope("acme", "svc", "m", "extraction"));
    assertThat(judgement.timeMicros()).isEqualTo(NOW.toEpochMilli() * 1000);
    assertThat(get("/api/callers/acme/svc", "").at("/exceptions/0/analyst").asText())
        .isEqualTo("ana");
    assertThat(get("/api/callers/acme/other", "").get("exceptions")).isEmpty();
    assertThat(get("/api/incidents/i-1", "").at("/verdict/verdict").asText()).isEqualTo("BENIGN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| 400|",
        "{\"detector\":\"extraction\"}| 400|",
        "{\"principal\":\"a\"}| 201| a",
        "{\"principal\":null}| 201|"
      })
  void shouldAskWhichMemberWhenTheIncidentHasTwo(String scope, int status, String principal) {
    // Given
    given.incidents.accept(TestSources.incident("i-1", 0, "t", Severity.HIGH, List.of("a", "b")));

    // When
    Response response =
        post(
            "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\","
                + "\"scope\":"
                + scope
                + "}",
            ANALYST);

    // Then
    assertThat(response.status()).isEqualTo(status);
    if (status == 400) {
      assertThat(response.body()).contains("must name a principal, or null for all");
      assertThat(given.written).isEmpty();
    } else {
      assertThat(given.written)
          .extracting(Judgement::scope)
          .containsExactly(new Judgement.Scope("acme", principal, "m", "extraction"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"verdict\":\"TRUE_POSITIVE\"} x",
        "{\"verdict\":\"MAYBE<script>\"}",
        "{\"verdict\":1}",
        "{\"verdict\":\"BENIGN\",\"analyst\":\"root\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-02-01T00:00:00Z\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-06-15T00:00:00Z\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"for ever\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\" \",\"until\":\"2026-03-08T00:00:00Z\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"scope\":{\"tenant\":\"acme\"}}",
        "{\"verdict\":\"TRUE_POSITIVE\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\"}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\","
            + "\"scope\":{\"tenant\":\"other\"}}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\","
            + "\"scope\":{\"principal\":\"somebody else\"}}",
        "{\"verdict\":\"BENIGN\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\","
            + "\"scope\":{\"all\":\"yes\"}}"
      })
  void shouldWriteNothingWhenTheVerdictIsWrong(String body) {
    // Given
    given.incidents.accept(TestSources.incident("i-1", 0, "t"));

    // When
    Response response = post(body, ADMIN);

    // Then
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).doesNotContain("script");
    assertThat(given.written).isEmpty();
  }

  @Test
  void shouldNeedAnAdminWhenAWholeTenantIsExcepted() {
    // Given
    given.incidents.accept(TestSources.incident("i-1", 0, "t"));
    String body =
        "{\"verdict\":\"FALSE_POSITIVE\",\"note\":\"n\",\"until\":\"2026-03-08T00:00:00Z\","
            + "\"scope\":{\"principal\":null,\"model\":null}}";

    // When
    int analyst = post(body, ANALYST).status();
    int admin = post(body, ADMIN).status();

    // Then
    assertThat(analyst).isEqualTo(403);
    assertThat(admin).isEqualTo(201);
  }

  @Test
  void shouldSayNotFoundWhenNobodyKnowsTheIncident() {
    // When
    Response response = post("{\"verdict\":\"TRUE_POSITIVE\"}", ADMIN);

    // Then
    assertThat(response.status()).isEqualTo(404);
  }

  @Test
  void shouldKeepTheWholeTimeInViewWhenFindingsNeverEnd() throws Exception {
    // Given
    for (int i = 0; i < 1000; i++) {
      given.dossiers.accept(
          TestSources.finding("svc", "m" + i % 40, TestSources.START + i * 1_000_000L, i / 10.0));
    }

    // When
    JsonNode dossier = get("/api/callers/acme/svc", "");

    // Then
    JsonNode evidence = dossier.at("/evidence/0");
    assertThat(evidence.get("findings").asInt()).isEqualTo(1000);
    assertThat(evidence.get("peak").asDouble()).isEqualTo(99.9);
    assertThat(evidence.get("points")).hasSizeBetween(20, 49);
    assertThat(evidence.at("/points/0/time").asText()).isEqualTo(ApiJson.time(TestSources.START));
    assertThat(evidence.get("points").get(evidence.get("points").size() - 1).get("time").asText())
        .isEqualTo(ApiJson.time(TestSources.START + 999_000_000L));
    assertThat(dossier.get("models")).hasSize(32);
  }

  private JsonNode get(String path, String query) throws Exception {
    Response response = call(path, query, "", ANALYST, false);
    assertThat(response.status()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private Response post(String body, User user) {
    return call("/api/incidents/i-1/verdict", "", body, user, true);
  }

  private Response call(String path, String query, String body, User user, boolean post) {
    Call call = new Call(path, query, body, user);
    return Objects.requireNonNull(post ? routes.post(call) : routes.get(call));
  }
}
