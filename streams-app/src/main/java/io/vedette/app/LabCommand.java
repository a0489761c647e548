package io.vedette.app;

import io.vedette.app.board.ScoreboardCommand;
import io.vedette.lab.Scenario;
import io.vedette.lab.Showcase;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes traffic of the lab as a native log. */
@Command(
    name = "lab",
    description =
        "Writes traffic of the lab as a native log: a week of clean traffic, then a day with every"
            + " honest habit and, with --attacks, every attack that suits the model.",
    subcommands = {ScoreboardCommand.class, TenantCommand.class})
final class LabCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--out", paramLabel = "FILE", description = "native log, gzip by file name")
  private @Nullable Path file;

  @Option(
      names = "--world",
      defaultValue = "LOAN",
      description = "model and its data: ${COMPLETION-CANDIDATES}")
  private World world = World.LOAN;

  @Option(
      names = "--attacks",
      paramLabel = "MANNER",
      description = "how attackers call: ${COMPLETION-CANDIDATES}; none without it")
  private Showcase.@Nullable Manner manner;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the traffic")
  private long seed = 1;

  @Option(names = "--rows", defaultValue = "5000", description = "clean exchanges to learn from")
  private int rows = 5000;

  @Option(names = "--callers", defaultValue = "20", description = "callers to learn from")
  private int callers = 20;

  @Override
  public Integer call() throws IOException {
    Path out = file;
    if (out == null) { // picocli would also require it of subcommands
      throw new ParameterException(spec.commandLine(), "Missing required option: '--out=FILE'");
    }
    Site site = world.build();
    Scenario scenario =
        manner == null
            ? Showcase.benign(site, seed, callers, rows)
            : Showcase.attacks(site, seed, callers, rows, manner);
    LogFile.write(scenario, out, spec.commandLine().getOut());
    return 0;
  }
}
