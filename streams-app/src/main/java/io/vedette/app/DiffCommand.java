package io.vedette.app;

import io.vedette.edge.cli.ReplayDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how the incidents of two replays differ. */
@Command(
    name = "diff",
    description =
        "Says which incidents appear, vanish or move from replay a to replay b: another version or"
            + " other settings over the same traffic. Exit 0 when there is no difference, 1 when"
            + " there is one.")
final class DiffCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--a", required = true, paramLabel = "DIR", description = "what one replay wrote")
  private Path a = Path.of(".");

  @Option(
      names = "--b",
      required = true,
      paramLabel = "DIR",
      description = "what the other replay wrote")
  private Path b = Path.of(".");

  @Option(names = "--json", description = "one JSON object, for scripts")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ReplayDiff diff = ReplayDiff.of(run("--a", a), run("--b", b));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? diff.json() : diff.text());
    out.flush();
    return diff.same() ? 0 : DIFFERENT;
  }

  private Path run(String option, Path directory) {
    for (String file : new String[] {"incidents.jsonl", "summary.json"}) {
      if (!Files.isReadable(directory.resolve(file))) {
        throw new ParameterException(
            spec.commandLine(),
            option + " must be a directory with a replay's " + file + ", was " + directory);
      }
    }
    return directory;
  }
}
