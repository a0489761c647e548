package io.vedette.app;

import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.ApiException;
import io.vedette.edge.cli.CaseScreen;
import io.vedette.edge.cli.Follower;
import io.vedette.edge.cli.TerminalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows incidents as they move, or one of them. */
@Command(
    name = "incidents",
    description =
        "Follows incidents in the terminal, or shows one: timeline of evidence, members, exemplars,"
            + " verdict, runbook. Asks a service, or reads the topics with --config.")
final class IncidentsCommand implements Callable<Integer> {

  private static final long LOOK_SECONDS = 2;
  private static final int LIMIT = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ApiTarget target = new ApiTarget();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "incident to show on one screen")
  private @Nullable String id;

  @Option(names = "--severity", paramLabel = "LEAST", description = "this severity or above")
  private @Nullable String severity;

  @Option(names = "--model", paramLabel = "NAME", description = "incidents of one model")
  private @Nullable String model;

  @Option(
      names = "--technique",
      paramLabel = "ID",
      description = "ATLAS technique with its sub-techniques, such as AML.T0024")
  private @Nullable String technique;

  @Option(names = "--detector", paramLabel = "ID", description = "incidents with this detector")
  private @Nullable String detector;

  @Option(names = "--tenant", paramLabel = "NAME", description = "incidents of one tenant")
  private @Nullable String tenant;

  @Option(names = "--state", paramLabel = "STATE", description = "open or closed")
  private @Nullable String state;

  @Option(names = "--no-follow", description = "show what is there, at most 200 incidents, and end")
  private boolean once;

  @Option(names = "--json", description = "one JSON object a line, for scripts")
  private boolean json;

  @Override
  public Integer call() throws IOException, SettingsException, InterruptedException {
    boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
    PrintWriter out = spec.commandLine().getOut();
    try (Api api = target.open(spec, System.getenv(), false)) {
      if (id != null) {
        String incident = api.get("/api/incidents/" + ApiTarget.segment(id));
        CaseScreen screen = new CaseScreen(colour, api.address());
        out.print(json ? TerminalJson.line(incident) : screen.render(incident));
      } else {
        follow(new Follower(api, "/api/incidents?" + query(), json, colour), out);
      }
    } finally {
      out.flush();
    }
    return 0;
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    parts.add("limit=" + LIMIT);
    add(parts, "severity", severity);
    add(parts, "model", model);
    add(parts, "technique", technique);
    add(parts, "detector", detector);
    add(parts, "tenant", tenant);
    add(parts, "state", state);
    return String.join("&", parts);
  }

  private static void add(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(name + '=' + ApiTarget.segment(value));
    }
  }

  private void follow(Follower follower, PrintWriter out) throws IOException, InterruptedException {
    boolean away = false;
    follower.look().forEach(out::print);
    while (!once && !out.checkError()) { // a closed pipe ends it
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      try {
        follower.look().forEach(out::print);
        away = false;
      } catch (ApiException e) {
        if (e.status() < 500 && e.status() != 429) {
          throw e;
        }
      } catch (IOException e) {
        if (!away) { // it may be restarting
          spec.commandLine().getErr().println("vedette: no answer, trying again");
        }
        away = true;
      }
    }
  }
}
