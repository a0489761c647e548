package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.core.Incident;
import io.vedette.core.Severity;
import io.vedette.edge.http.Dossiers;
import io.vedette.edge.http.Health;
import io.vedette.edge.http.HttpConfig;
import io.vedette.edge.http.HttpEdge;
import io.vedette.edge.http.HttpSources;
import io.vedette.edge.http.Judgement;
import io.vedette.edge.http.Judgements;
import io.vedette.edge.http.RecentIncidents;
import io.vedette.edge.http.login.Access;
import io.vedette.edge.http.login.Credential;
import io.vedette.edge.http.login.Role;
import io.vedette.edge.siem.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The analyst's commands against a running edge with logins. */
class TerminalCommandsTest {

  private static final String TOKEN = Credential.newToken();

  @TempDir private Path directory;

  private final List<Judgement> written = new ArrayList<>();
  private final InputStream in = System.in;
  private Printed printed;
  private HttpEdge edge;
  private Path token;

  @BeforeEach
  void serve() throws Exception {
    RecentIncidents incidents = new RecentIncidents();
    incidents.accept(incident("i-1", Severity.HIGH, "extraction"));
    incidents.accept(incident("i-2", Severity.LOW, "extraction", "drift"));
    Access access =
        new Access(
            Set.of(Access.Method.BEARER),
            List.of(Credential.ofToken("ana", Role.ANALYST, TOKEN)),
            null,
            null);
    edge =
        new HttpEdge(
            new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, null, access, true, 1000),
            new HttpSources(
                () -> new Health(true, true, true, ""),
                () -> "",
                () -> "[]",
                incidents,
                new Dossiers(10),
                new Judgements(),
                new JsonLines()::incident,
                detector -> "",
                Duration.ofDays(90),
                written::add));
    token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    printed = Printed.outAndErr();
  }

  @AfterEach
  void close() {
    printed.close();
    System.setIn(in);
    edge.close();
  }

  private int run(String command, String... options) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--url", "http://localhost:" + edge.port()));
    all.addAll(List.of("--token-file", token.toString()));
    all.addAll(List.of(options));
    return Main.execute(all.toArray(String[]::new));
  }

  private String printed() {
    return printed.text();
  }

  @Test
  void shouldListIncidentsWhenTheyAreAskedFor() {
    // When
    int exit = run("incidents", "--no-follow", "--severity", "medium", "--technique", "AML.T0024");

    // Then
    assertThat(printed()).isEmpty(); // these have no technique
    assertThat(exit).isZero();
    assertThat(run("incidents", "--no-follow", "--severity", "medium")).isZero();
    assertThat(printed()).contains("i-1", "Model extraction; acme / svc").doesNotContain("i-2");
    assertThat(run("incidents", "--no-follow", "--json")).isZero();
    assertThat(printed()).contains("{\"incidentId\":\"i-2\",");
  }

  @Test
  void shouldShowOneScreenWhenAnIncidentIsNamed() {
    // When
    int exit = run("incidents", "i-1");

    // Then
    assertThat(exit).isZero();
    assertThat(printed()).startsWith("Model extraction\n").contains("Timeline\n");
    assertThat(run("incidents", "none")).isEqualTo(1);
    assertThat(printed()).contains("404: no such incident");
  }

  @Test
  void shouldWriteAVerdictWhenAnAnalystSaysSo() {
    // When
    int exit = run("verdict", "i-1", "--as", "benign", "--note", "load test", "--until", "P7D");

    // Then
    assertThat(exit).isZero();
    assertThat(printed()).isEqualTo("verdict written: benign\n");
    assertThat(written)
        .singleElement()
        .satisfies(
            judgement -> {
              assertThat(judgement.analyst()).isEqualTo("ana");
              assertThat(judgement.scope())
                  .isEqualTo(new Judgement.Scope("acme", "svc", "m", "extraction"));
              assertThat(judgement.untilMicros()).isGreaterThan(judgement.timeMicros());
            });
    assertThat(
            run(
                "verdict",
                "i-1",
                "--as",
                "benign",
                "--note",
                "n",
                "--until",
                "P1D",
                "--any-caller",
                "--any-model"))
        .isEqualTo(1);
    assertThat(printed()).contains("403: an exception for a whole tenant needs the role admin");
  }

  @Test
  void shouldAskWhichWhenTheIncidentHasSeveralDetectors() {
    // Given
    String[] words = {"i-2", "--as", "benign", "--note", "n", "--until", "P1D"};
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--any-detector");

    // When
    int unsaid = run("verdict", words);
    int said = run("verdict", all.toArray(String[]::new));

    // Then
    assertThat(List.of(unsaid, said)).containsExactly(1, 0);
    assertThat(printed()).contains("the scope must name a detector, or null for all");
    assertThat(written)
        .extracting(Judgement::scope)
        .containsExactly(new Judgement.Scope("acme", "svc", "m", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verdict i-1 --as maybe",
        "verdict i-1 --as benign --until soon",
        "verdict i-1 --as benign --any-caller --principal svc",
        "verdict i-1 --as benign --any-detector --detector drift",
        "verdict i-1",
        "callers svc",
        "callers acme/",
        "callers acme/svc --config /none"
      })
  void shouldSayWhatIsAllowedWhenTheUsageIsWrong(String line) {
    // Given
    String[] words = line.split(" ");
    String[] options = List.of(words).subList(1, words.length).toArray(String[]::new);

    // When
    int exit = run(words[0], options);

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(written).isEmpty();
  }

  @Test
  void shouldShowTheDossierWhenACallerIsNamed() {
    // When
    int exit = run("callers", "acme/svc");

    // Then
    assertThat(exit).isZero();
    assertThat(printed()).startsWith("acme / svc\n").contains("i-1", "i-2");
  }

  @Test
  void shouldSayThatALoginIsNeededWhenTheTokenIsWrong() throws Exception {
    // Given
    Files.writeString(token, "vdt_wrong");

    // When
    int exit = run("incidents", "--no-follow");

    // Then
    assertThat(exit).isEqualTo(1);
    assertThat(printed()).contains("401: a login is needed").doesNotContain("vdt_wrong");
  }

  @Test
  void shouldMakeAccountsWhenAsked() {
    // Given
    System.setIn(new ByteArrayInputStream("correct horse\n".getBytes(StandardCharsets.UTF_8)));

    // When
    int password = Main.execute("hash", "--name", "ana", "--role", "analyst");
    int program = Main.execute("hash", "--name", "bot", "--token");
    int wrong = Main.execute("hash", "--name", "a:b", "--token");

    // Then
    assertThat(List.of(password, program, wrong)).containsExactly(0, 0, 2);
    assertThat(printed())
        .containsPattern("ana:analyst:pbkdf2-sha256\\$600000\\$\\S+\\n")
        .containsPattern("vdt_\\S{43}\\nbot:viewer:sha256\\$[0-9a-f]{64}\\n");
  }

  private static Incident incident(String id, Severity severity, String... detectors) {
    long time = 1_772_355_600_000_000L;
    return new Incident(
        id,
        Incident.Activity.CREATE,
        0,
        time,
        time,
        time,
        time,
        "acme",
        List.of("svc"),
        "m",
        List.of(detectors),
        List.of(),
        severity,
        0.9,
        80,
        7,
        1200,
        "Model extraction",
        "summary",
        List.of(),
        List.of(),
        null);
  }
}
