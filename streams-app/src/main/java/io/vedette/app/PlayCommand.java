package io.vedette.app;

import io.vedette.lab.Scenario;
import io.vedette.wire.WireSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The demo's traffic, against a Kafka of the user. */
@Command(
    name = "play",
    description =
        "Writes the demo's traffic, attacks included, to the exchanges topic of your Kafka, after a"
            + " baseline for its models. For test stages: it is not your traffic.")
final class PlayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Option(
      names = "--duration",
      paramLabel = "ISO",
      description = "ends by itself after this time, for example PT60S")
  private @Nullable Duration duration;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the traffic")
  private long seed = 1;

  @Override
  public Integer call() throws SettingsException, InterruptedException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    DemoScript script = new DemoScript();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings());
        DemoTraffic traffic = new DemoTraffic(settings, wire)) {
      wire.ensureRegistered(settings.topics().byRole());
      Scenario scenario = script.scenario(seed);
      DemoCommand.learn(scenario, settings).values().forEach(traffic::publish);
      spec.commandLine().getOut().println("playing to " + settings.topics().exchanges());
      spec.commandLine().getOut().flush();
      if (duration != null) {
        endAfter(duration, traffic);
      }
      for (long s = seed; traffic.isOpen(); s++) {
        traffic.play(s == seed ? scenario : script.scenario(s));
      }
    }
    return 0;
  }

  private static void endAfter(Duration time, DemoTraffic traffic) {
    Thread timer =
        new Thread(
            () -> {
              try {
                Thread.sleep(time.toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              traffic.end();
            },
            "play-end");
    timer.setDaemon(true);
    timer.start();
  }
}
