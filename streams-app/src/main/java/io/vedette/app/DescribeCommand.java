package io.vedette.app;

import io.vedette.core.Profile;
import io.vedette.core.Technique;
import io.vedette.edge.cli.Api;
import io.vedette.edge.cli.PrecisionTable;
import io.vedette.stream.Counters;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what would run. */
@Command(
    name = "describe",
    description = "Shows the topology, the detectors and the effective settings, secrets hidden.")
final class DescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ApiTarget target = new ApiTarget();

  @Option(
      names = "--verdicts",
      description =
          "shows also what analysts said of each detector's incidents, and its precision: asks the"
              + " service of --url, or reads the topics of --config")
  private boolean verdicts;

  @Override
  public Integer call() throws IOException, SettingsException {
    Settings settings = SettingsLoader.load(target.config(), System.getenv());
    Wiring wiring = new Wiring(settings);
    PrintWriter out = spec.commandLine().getOut();
    out.println("# Detectors");
    for (Profile profile : Wiring.profiles()) {
      out.printf(
          "%-12s %-10s %-8s %s: %s%n",
          profile.id(),
          wiring.maturity(profile),
          !wiring.enabled(profile) ? "off" : wiring.shadow(profile) ? "shadow" : "on",
          profile.title(),
          profile.techniques().stream().map(Technique::id).collect(Collectors.joining(", ")));
    }
    if (verdicts || target.isService()) {
      try (Api api = target.open(spec, System.getenv(), false)) {
        out.println();
        out.print(PrecisionTable.text(api.get("/api/detectors")));
      }
    }
    out.println();
    out.println("# Settings");
    out.println(settings.describe());
    out.println("# Topology");
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry())) {
      out.println(
          new VedetteTopology(
                  wiring.topics(),
                  Wiring.serdes(wire),
                  wiring.engines(),
                  wiring.stages(),
                  new Counters(),
                  wiring.outlets())
              .build()
              .describe());
    }
    return 0;
  }
}
