package io.vedette.app;

import io.vedette.core.Profile;
import io.vedette.core.Technique;
import io.vedette.stream.Counters;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what would run. */
@Command(
    name = "describe",
    description = "Shows the topology, the detectors and the effective settings, secrets hidden.")
final class DescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws SettingsException {
    Settings settings = SettingsLoader.load(config, System.getenv());
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
