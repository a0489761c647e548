package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.app.board.ScoreboardCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The scoreboard on the service's own engines, with tiny sizes. */
class ScoreboardCommandTest {

  private static final String[] TINY = {
    "--world", "LOAN", "--attacks", "UNIFORM_SD,HOP_SKIP_JUMP", "--modes", "FAST", "--runs", "1",
    "--budget", "120", "--caller-days", "6", "--kinds", "INDEPENDENT,RETRY", "--seed", "3"
  };

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldFindPlainAttacksAndAccuseNobodyWhenSizesAreTiny() throws Exception {
    // Given
    String[] args = with(TINY, "--json");

    // When
    int code = run(args);

    // Then
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/attacks")).hasSize(2);
    for (JsonNode attack : json.at("/attacks")) {
      assertThat(attack.get("found").asInt()).isEqualTo(1);
      assertThat(attack.get("median").asInt()).isBetween(2, 100);
      assertThat(attack.get("rightFamily").asInt()).isEqualTo(1);
    }
    for (JsonNode kind : json.at("/benign")) {
      assertThat(kind.get("callerDays").asInt()).isPositive();
      assertThat(kind.get("accused").asInt()).isZero();
    }
  }

  @Test
  void shouldMeasureOnAModelOfTheUsersRowsWhenDataAreGiven(@TempDir Path dir) throws Exception {
    // Given
    StringBuilder rows = new StringBuilder("a,b,c,d,e,word,class\n");
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 600; i++) {
      boolean sick = i % 2 == 0;
      for (int c = 0; c < 5; c++) {
        rows.append(random.nextDouble() + (sick ? c : 0)).append(',');
      }
      rows.append(random.nextBoolean() ? "yes," : "no,").append(sick ? "sick\n" : "well\n");
    }
    Path file = Files.writeString(dir.resolve("clinic.csv"), rows);

    // When
    int code =
        run(
            "--data",
            file + ":model=linear",
            "--attacks",
            "UNIFORM_SD",
            "--modes",
            "FAST",
            "--runs",
            "1",
            "--caller-days",
            "6",
            "--kinds",
            "INDEPENDENT",
            "--json");
    int wrong = run("--data", file + ":label=nothing");
    int twice = run("--data", file.toString(), "--world", "LOAN");

    // Then
    assertThat(code).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/attacks/0/found").asInt()).isEqualTo(1);
    assertThat(json.at("/benign/0/accused").asInt()).isZero();
    assertThat(wrong).isEqualTo(2);
    assertThat(twice).isEqualTo(2);
    assertThat(err.toString())
        .contains("must be one of its columns, or 1 to 7, was nothing")
        .contains("--data names models by itself");
  }

  @Test
  void shouldPrintTheSameWhenRunAgainWithMoreThreads() {
    // Given
    run(with(TINY, "--threads", "1"));
    String first = out.toString();
    out.getBuffer().setLength(0);

    // When
    run(with(TINY, "--threads", "3"));

    // Then
    assertThat(out.toString()).isEqualTo(first).contains("hop_skip_jump", "independent");
    assertThat(err.toString()).contains("LOAN: 2 of 2 attacks");
  }

  @ParameterizedTest
  @CsvSource({
    "--worlds, closed, --worlds must be open or held-out",
    "--threads, 0, --threads must be 1 to 64",
    "--prada-delta, 1, --prada-delta must be inside",
    "--runs, -1, --runs and --caller-days must be at least 0",
    "--budget, -1, --budget must be at least 0"
  })
  void shouldSayWhatIsAllowedWhenAnOptionIsWrong(String option, String value, String message) {
    // When
    int code = run(option, value);

    // Then
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void shouldBeASubcommandOfTheLabWhenAskedForHelp() {
    // When
    int code = Main.execute("lab", "scoreboard", "--worlds", "nowhere");

    // Then
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(Main.execute("lab", "scoreboard", "--help")).isZero();
    assertThat(Main.execute("lab")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private int run(String... args) {
    CommandLine line = new CommandLine(new ScoreboardCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  private static String[] with(String[] args, String... more) {
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
