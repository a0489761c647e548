package io.vedette.app;

import io.vedette.lab.TenantDay;
import io.vedette.lab.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a day of a large honest tenant as a native log. */
@Command(
    name = "tenant",
    description =
        "Writes a tenant of many honest callers of all habits on all models of the lab as a native"
            + " log: a week to learn from, then a day.")
final class TenantCommand implements Callable<Integer> {

  private static final int MOST_CALLERS = 1_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "native log, gzip by file name")
  private @Nullable Path file;

  @Option(names = "--callers", defaultValue = "10000", description = "honest callers of the day")
  private int callers = 10_000;

  @Option(names = "--calls", defaultValue = "30", description = "mean calls of a caller")
  private double calls = 30;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the traffic")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    if (callers < 1 || callers > MOST_CALLERS) {
      throw wrong("--callers", callers, "1 to " + MOST_CALLERS);
    }
    if (!(calls > 0 && calls <= MOST_CALLERS)) {
      throw wrong("--calls", calls, "above 0, at most " + MOST_CALLERS);
    }
    var sites = Arrays.stream(World.values()).map(World::build).toList();
    Path out = Objects.requireNonNull(file, "--out");
    LogFile.write(TenantDay.of(sites, callers, calls, seed), out, spec.commandLine().getOut());
    return 0;
  }

  private ParameterException wrong(String option, Object value, String allowed) {
    return new ParameterException(
        spec.commandLine(), option + " must be " + allowed + ", was " + value);
  }
}
