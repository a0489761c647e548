package io.vedette.app;

import io.vedette.app.bench.BenchCommand;
import io.vedette.edge.http.HttpEdge;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's entry. Exit codes: 0 ok, 2 bad usage or settings, 1 failed. */
@Command(
    name = "vedette",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    description =
        "Watches the traffic of AI models for extraction, evasion, inversion, membership inference and drift.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      VerifyCommand.class,
      AuditCommand.class,
      BaselineCommand.class,
      FingerprintsCommand.class,
      TopicsCommand.class,
      DescribeCommand.class,
      ValidateCommand.class,
      ForwardCommand.class,
      CheckCommand.class,
      HashCommand.class,
      IncidentsCommand.class,
      VerdictCommand.class,
      CallersCommand.class,
      PlayCommand.class,
      LabCommand.class,
      BenchCommand.class
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    // Kafka Streams formats text before most records; the JDK has a short way for this locale only.
    Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    HttpEdge.limits(); // before the demo's registry, which is served by the same server
    System.exit(execute(args));
  }

  static int execute(String... args) {
    CommandLine line = new CommandLine(new Main());
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          if (error instanceof SettingsException settings) {
            settings.errors().forEach(command.getErr()::println);
            return CommandLine.ExitCode.USAGE;
          }
          command.getErr().println("vedette: " + message(error));
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line.execute(args);
  }

  private static String message(Throwable error) {
    String text = error.getMessage();
    return text == null
        ? error.getClass().getSimpleName()
        : error.getClass().getSimpleName() + ": " + text;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /** Says the version. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vedette " + Version.text()};
    }
  }
}
