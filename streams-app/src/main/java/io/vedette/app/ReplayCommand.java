package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.edge.siem.ReplaySummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            + " dead letters and a summary. Deterministic; needs no broker.")
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--in",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "traffic, gzip by file name; - for standard input")
  private List<String> in = List.of();

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
      description = "baselines written by the baseline command")
  private @Nullable Path baseline;

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException, SettingsException {
    if (!format.equals("native")) {
      throw new ParameterException(spec.commandLine(), "--format must be native, was " + format);
    }
    Settings settings = SettingsLoader.load(config, System.getenv());
    if (learnUntil != null) {
      settings = settings.learnUntil(learnUntil);
    }
    List<Baseline> given = baseline == null ? List.of() : BaselineFile.read(baseline);
    ReplaySummary summary = new ReplayRun(settings, out, given).run(in);
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
}
