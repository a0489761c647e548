package io.vedette.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreensTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INCIDENT =
      """
      {"incidentId":"i-1","activity":"UPDATE","time":"2026-03-01T09:10:00.5Z",
       "openedAt":"2026-03-01T09:00:00Z","firstSeen":"2026-03-01T08:00:00Z",
       "lastSeen":"2026-03-01T09:10:00Z","tenant":"acme","principals":["svc"],
       "model":"credit-risk","detectors":["extraction"],"techniques":["AML.T0024.002"],
       "severity":"HIGH","confidence":0.93,"riskScore":80,"logEvidence":999,"exchanges":1200,
       "title":"Model extraction","summary":"svc maps the model.","sequence":1,
       "evidence":[{"name":"cell_collisions","value":412,"unit":"{query}","limit":20}],
       "samples":[{"requestId":"r-1","topic":"inference.exchanges","partition":3,"offset":120}],
       "timeline":[
        {"activity":"CREATE","sequence":0,"time":"2026-03-01T09:00:00Z","severity":"MEDIUM",
         "riskScore":50,"logEvidence":4.25,"members":1,
         "evidence":[{"name":"share","value":0.71234567,"unit":"1","limit":null}]},
        {"activity":"UPDATE","sequence":1,"time":"2026-03-01T09:10:00Z","severity":"HIGH",
         "riskScore":80,"logEvidence":999,"members":1,"evidence":[]}],
       "verdict":{"verdict":"BENIGN","analyst":"ana","note":"load test",
         "time":"2026-03-01T09:20:00Z","until":"2026-03-08T00:00:00Z",
         "scope":{"tenant":"acme","principal":"svc","model":null,"detector":"extraction"}},
       "findings":140,"suppressed":3,"members":61,"reopened":0,
       "stages":["EXTRACTION","CRAFTING"],"campaign":"inc-2","joined":[],
       "checked":["one feature moved at a time"],
       "nextSteps":["Open the sample requests.","Ask the owner of the account."],
       "runbook":"detect/extraction/README.md",
       "runbooks":{"extraction":"/runbooks/extraction"}}
      """;

  @Test
  void shouldShowTheWholeCaseWhenItIsOpened() throws Exception {
    // When
    String screen = new CaseScreen(false, "https://vedette.example:8443").render(INCIDENT);

    // Then
    assertThat(screen)
        .isEqualTo(
            """
            Model extraction
            HIGH  risk 80  confidence 0.93  log10 e beyond doubt  open since 2026-03-01 09:00:00Z

              id         i-1
              who        acme / svc
              model      credit-risk
              detectors  extraction
              techniques AML.T0024.002
              what       svc maps the model.
              seen       2026-03-01 08:00:00Z to 2026-03-01 09:10:00Z, 1200 exchanges when it opened
              members    61, of which the incident names 1
              stages     extraction, crafting
              findings   140, and 3 that an exception kept out
              campaign   inc-2

            Timeline
              2026-03-01 09:00:00Z  CREATE MEDIUM        risk 50   log10 e 4.25    members 1  \
             share 0.7123
              2026-03-01 09:10:00Z  UPDATE HIGH          risk 80   log10 e beyond doubt members 1  \
            \s

            Exemplars
              r-1  inference.exchanges partition 3 offset 120

            Checked
              - one feature moved at a time

            Next
              - Open the sample requests.
              - Ask the owner of the account.

            Verdict
              BENIGN by ana at 2026-03-01 09:20:00Z, exception for tenant acme principal svc \
            detector extraction until 2026-03-08 00:00:00Z: load test

            Runbook
              extraction https://vedette.example:8443/runbooks/extraction
            """);
  }

  @Test
  void shouldShowYourRunbookWhenOneIsSet() throws Exception {
    // Given
    ObjectNode incident = (ObjectNode) MAPPER.readTree(INCIDENT);
    ((ObjectNode) incident.at("/runbooks")).put("extraction", "https://soc.example/extraction");

    // When
    String screen = new CaseScreen(false, "https://vedette.example").render(incident.toString());

    // Then
    assertThat(screen).endsWith("Runbook\n  extraction https://soc.example/extraction\n");
  }

  @Test
  void shouldNameThePageWhenNoServiceIsAsked() throws Exception {
    // When
    String screen = new CaseScreen(false, "").render(INCIDENT);

    // Then
    assertThat(screen).endsWith("Runbook\n  page       detect/extraction/README.md\n");
  }

  @Test
  void shouldShowTheDossierWhenACallerIsAskedFor() throws Exception {
    // Given
    String caller =
        """
        {"tenant":"acme","principal":"svc",
         "models":[{"name":"credit-risk","version":"3","lastFinding":"2026-03-01T09:00:00Z"}],
         "evidence":[{"detector":"extraction","findings":9,"peak":8,"points":[
           {"time":"2026-03-01T08:00:00Z","logEvidence":-1,"score":0},
           {"time":"2026-03-01T08:30:00Z","logEvidence":4,"score":0},
           {"time":"2026-03-01T09:00:00Z","logEvidence":8,"score":1}]}],
         "incidents":[],"exceptions":[]}
        """;

    // When
    String screen = new CallerScreen(false).render(caller);

    // Then
    assertThat(screen)
        .startsWith("acme / svc\n")
        .contains("  credit-risk 3  last 2026-03-01 09:00:00Z\n")
        .contains("extraction    peak 8 in 9 findings, 2026-03-01 08:00:00Z to")
        .contains(" _=#\n")
        .contains("Incidents\n  none\n")
        .endsWith("Exceptions\n  none\n");
  }

  @Test
  void shouldMoveNothingOnTheTerminalWhenTextIsHostile() throws Exception {
    // Given
    Random random = new Random(7);
    String hostile = "\u001b[2J\r\n\u202e\u0007\u009b31m\u200b\u2028\u0000\u007f";

    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        text.append(
            random.nextBoolean()
                ? hostile.charAt(random.nextInt(hostile.length()))
                : (char) random.nextInt(0x3000));
      }
      ObjectNode incident = (ObjectNode) MAPPER.readTree(INCIDENT);
      for (String field :
          List.of(
              "incidentId",
              "title",
              "summary",
              "tenant",
              "model",
              "severity",
              "activity",
              "time",
              "campaign",
              "runbook",
              "closeReason")) {
        incident.put(field, text.toString());
      }
      for (String list : List.of("principals", "stages", "checked", "nextSteps")) {
        incident.putArray(list).add(text.toString());
      }
      ((ObjectNode) incident.at("/verdict")).put("note", text.toString());
      ((ObjectNode) incident.at("/runbooks")).put(text.toString(), text.toString());
      ((ObjectNode) incident.at("/samples/0")).put("requestId", text.toString());

      // When
      String screen = new CaseScreen(false, "").render(incident.toString());
      String line = new IncidentLines(false).render(incident);
      String json = TerminalJson.line(incident.toString());

      // Then
      assertThat(screen + line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
      assertThat(json).matches("[\\x20-\\x7e]*\\n");
      assertThat(MAPPER.readTree(json).get("title").asText()).isEqualTo(text.toString());
    }
  }

  @Test
  void shouldSayEachActivityOnceWhenIncidentsAreFollowed() throws Exception {
    // Given
    Deque<String> answers = new ArrayDeque<>();
    answers.add("[" + brief("b", 0) + "," + brief("a", 0) + "]");
    answers.add("[" + brief("a", 1) + "," + brief("b", 0) + "]");
    answers.add("[" + brief("a", 1) + "," + brief("b", 0) + "]");
    Follower follower = new Follower(new Answers(answers), "/api/incidents", true, false);

    // When
    List<List<String>> looks = List.of(follower.look(), follower.look(), follower.look());

    // Then
    assertThat(looks.get(0)).containsExactly(brief("a", 0) + "\n", brief("b", 0) + "\n");
    assertThat(looks.get(1)).containsExactly(brief("a", 1) + "\n");
    assertThat(looks.get(2)).isEmpty();
  }

  @Test
  void shouldSendNoLoginWhenAnybodyCouldRead() {
    // When, then
    assertThatThrownBy(() -> new RemoteApi(URI.create("http://192.0.2.7:8080"), "Bearer t", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("https or loopback");
    assertThat(new ApiException(500, "<html>\u001b[2J").getMessage())
        .isEqualTo("500: no reason was given");
    assertThat(new ApiException(400, "{\"error\":\"a\u001bb\"}").getMessage())
        .doesNotContain("\u001b");
  }

  private static String brief(String id, int sequence) {
    return "{\"incidentId\":\"" + id + "\",\"sequence\":" + sequence + "}";
  }

  private record Answers(Deque<String> answers) implements Api {
    @Override
    public String get(String target) {
      return answers.remove();
    }

    @Override
    public String post(String target, String json) {
      throw new AssertionError("screens only read");
    }

    @Override
    public void close() {
      answers.clear();
    }
  }
}
