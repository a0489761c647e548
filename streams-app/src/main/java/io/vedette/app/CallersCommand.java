package io.vedette.app;

import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.CallerScreen;
import io.vedette.edge.cli.TerminalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is known of a caller. */
@Command(
    name = "callers",
    description =
        "Shows the dossier of a caller: models with findings, evidence per detector over time, incidents,"
            + " exceptions. Asks a service, or reads the topics with --config.")
final class CallersCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ApiTarget target = new ApiTarget();

  @Parameters(
      paramLabel = "TENANT/PRINCIPAL",
      description = "the caller; the first slash ends the tenant, which may be empty")
  private String caller = "";

  @Option(names = "--json", description = "one JSON object, for scripts")
  private boolean json;

  @Override
  public Integer call() throws IOException, SettingsException {
    int slash = caller.indexOf('/');
    if (slash < 0 || slash == caller.length() - 1) {
      throw new ParameterException(
          spec.commandLine(), "the caller must be TENANT/PRINCIPAL, was " + caller);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Api api = target.open(spec, System.getenv(), true)) {
      String dossier =
          api.get(
              "/api/callers/"
                  + ApiTarget.segment(caller.substring(0, slash))
                  + '/'
                  + ApiTarget.segment(caller.substring(slash + 1)));
      boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
      out.print(json ? TerminalJson.line(dossier) : new CallerScreen(colour).render(dossier));
      out.flush();
    }
    return 0;
  }
}
