package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Verdict;
import io.vedette.edge.siem.ReplaySummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs recorded traffic through the topology of the service. */
@Command(
    name = "replay",
    description =
        "Runs recorded traffic through the topology of the service and writes incidents, findings,"
            + " dead letters and a summary. Deterministic; files need no broker.")
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** Where the traffic is. */
  static final class Source {
    @Option(
        names = "--in",
        required = true,
        arity = "1..*",
        paramLabel = "FILE",
        description = "traffic, gzip by file name; - for standard input")
    private List<String> in = List.of();

    @Option(
        names = "--from-kafka",
        required = true,
        description =
            "what the topics of requests, responses and exchanges retain, by the settings; reads"
                + " only, in no consumer group")
    private boolean kafka;
  }

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "with --from-kafka: first event time, 2026-03-01T00:00:00Z or back from now such as P1D;"
              + " default all that is retained")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "with --from-kafka: event time to end before; default what is there now")
  private @Nullable String until;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "where results go")
  private Path out = Path.of(".");

  @Option(
      names = "--format",
      defaultValue = "native",
      paramLabel = "FORMAT",
      description = "format of the traffic: native")
  private String format = "native";

  @Option(
      names = "--learn-until",
      paramLabel = "TIME",
      description = "traffic before it builds the baselines and raises nothing")
  private @Nullable Instant learnUntil;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "baselines written by the baseline command; default with --from-kafka: the service's,"
              + " unless --learn-until is given")
  private @Nullable Path baseline;

  @Option(
      names = "--verdicts",
      paramLabel = "FILE",
      description =
          "verdicts, a JSON object a line as the verdict command writes it: each closes its incident"
              + " and excepts from its time on, as in the service")
  private @Nullable Path verdicts;

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException, SettingsException {
    if (!format.equals("native")) {
      throw wrong("--format must be native, was " + format);
    }
    if (!source.kafka && (since != null || until != null)) {
      throw wrong("--since and --until go with --from-kafka");
    }
    Settings settings = SettingsLoader.load(config, System.getenv());
    LogSetup.apply(settings.log());
    if (learnUntil != null) {
      settings = settings.learnUntil(learnUntil);
    }
    RetainedTraffic kafka = source.kafka ? retained(settings) : null;
    List<Baseline> given = given(kafka);
    List<Verdict> judged = verdicts == null ? List.of() : VerdictFile.read(verdicts);
    ReplaySummary summary =
        new ReplayRun(settings, out, given, judged)
            .run(kafka == null ? RecordedTraffic.files(source.in) : kafka);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d exchanges, %d dead letters, incidents %s, %.1f s, %.0f exchanges/s%n",
            summary.exchanges(),
            summary.deadLetters(),
            summary.incidentsByDetector(),
            summary.wallSeconds(),
            summary.exchangesPerSecond());
    return 0;
  }

  private List<Baseline> given(@Nullable RetainedTraffic kafka) throws IOException {
    if (baseline != null) {
      return BaselineFile.read(baseline);
    }
    return kafka == null || learnUntil != null ? List.of() : kafka.baselines();
  }

  private RetainedTraffic retained(Settings settings) {
    Instant now = Instant.now();
    Instant from = since == null ? null : time("--since", since, now);
    Instant to = until == null ? null : time("--until", until, now);
    if (from != null && to != null && !from.isBefore(to)) {
      throw wrong("--since must be before --until, was " + from + " and " + to);
    }
    return new RetainedTraffic(settings, from, to);
  }

  private Instant time(String option, String text, Instant now) {
    try {
      return text.startsWith("P") ? now.minus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new ParameterException(
          spec.commandLine(),
          option + " must be a time such as 2026-03-01T00:00:00Z or P1D, was " + text,
          e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
