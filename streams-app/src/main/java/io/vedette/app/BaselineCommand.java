package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Origin;
import io.vedette.detect.CallerEngine;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CallerState;
import io.vedette.detect.CellSighting;
import io.vedette.detect.Crowd;
import io.vedette.detect.Learning;
import io.vedette.detect.ModelEngine;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelState;
import io.vedette.detect.ModelUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds baselines from clean traffic, and publishes them to a running service. */
@Command(
    name = "baseline",
    description =
        "Builds a baseline per model version from clean recorded traffic (--in, --out), or puts"
            + " baselines in force in a running service (--publish); a baseline replaces the one"
            + " of the same model and version.")
final class BaselineCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--in",
      arity = "1..*",
      paramLabel = "FILE",
      description = "clean traffic in the native log format, gzip by file name")
  private List<String> in = List.of();

  @Option(names = "--out", paramLabel = "FILE", description = "where the baselines go")
  private @Nullable Path out;

  @Option(
      names = "--publish",
      paramLabel = "FILE",
      description = "baselines to write to the baselines topic of the settings")
  private @Nullable Path publish;

  @Option(names = "--config", paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException, SettingsException, InterruptedException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    if (publish != null) {
      if (!in.isEmpty() || out != null) {
        throw new ParameterException(
            spec.commandLine(), "--publish stands alone: build with --in and --out first");
      }
      return publish(settings, publish);
    }
    if (in.isEmpty() || out == null) {
      throw new ParameterException(
          spec.commandLine(), "give --in and --out to build baselines, or --publish");
    }
    return build(settings, out);
  }

  private int publish(Settings settings, Path file) throws IOException, InterruptedException {
    List<Baseline> baselines = BaselineFile.read(file);
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      if (admin.missing().contains(settings.topics().baselines())) {
        spec.commandLine()
            .getErr()
            .println("topic " + settings.topics().baselines() + " is missing");
        return 1;
      }
    }
    new BaselinePublisher(settings).publish(baselines);
    for (Baseline b : baselines) {
      spec.commandLine()
          .getOut()
          .printf(
              "published %s, %d rows, calibration %s%n", b.modelKey(), b.rows(), b.calibrationId());
    }
    return baselines.isEmpty() ? 1 : 0;
  }

  private int build(Settings settings, Path target) throws IOException {
    Learner learner = new Learner(new Wiring(settings));
    Input input =
        new Input(
            in,
            learner::learn,
            letter ->
                spec.commandLine()
                    .getErr()
                    .printf("%s:%d: %s%n", letter.file(), letter.line(), letter.reason()));
    input.read();
    Map<String, Baseline> baselines = learner.finish();
    BaselineFile.write(target, baselines.values());
    spec.commandLine().getOut().printf("%d baselines in %s%n", baselines.size(), target);
    return baselines.isEmpty() ? 1 : 0;
  }

  /** The learning half of the engines, without Kafka. */
  static final class Learner implements CallerOutput, ModelOutput {

    private static final long NEVER = Long.MAX_VALUE;

    private final CallerEngine callers;
    private final ModelEngine models;
    private final Map<String, Baseline> baselines = new TreeMap<>();
    private final Map<String, ModelState> states = new HashMap<>();
    private final Map<String, CallerState> callerStates = new HashMap<>();
    private final Map<String, Exchange> latest = new TreeMap<>();

    Learner(Wiring wiring) {
      Baselines lookup = model -> baselines.get(model.versionKey());
      callers = new CallerEngine(wiring.callerDetectors(), lookup, wiring.salt(), NEVER, false);
      models =
          new ModelEngine(
              List.of(),
              new Crowd(List.of(), lookup, wiring.salt()),
              lookup,
              new Learning(Integer.MAX_VALUE, 0, NEVER));
    }

    void learn(Exchange exchange) {
      latest.put(exchange.model().versionKey(), exchange);
      callers.observe(
          callerStates.computeIfAbsent(exchange.caller().key(), k -> callers.create()),
          exchange,
          this);
    }

    /** Ends the learning of every model; those with too few rows are left out. */
    Map<String, Baseline> finish() {
      for (Exchange exchange : latest.values()) {
        callers.observe(callers.create(), ending(exchange), this);
      }
      baselines.values().removeIf(b -> !b.finished());
      return baselines;
    }

    private static Exchange ending(Exchange e) {
      return new Exchange(
          e.requestId(),
          e.caller(),
          e.model(),
          NEVER,
          e.input(),
          e.answers(),
          null,
          null,
          e.status(),
          e.latencyMicros(),
          0,
          0,
          null,
          null,
          null,
          Map.of(),
          Map.of(),
          e.pairing(),
          new Origin("end", 0, 0));
    }

    @Override
    public void finding(Finding finding) {}

    @Override
    public void cell(CellSighting sighting) {}

    @Override
    public void update(ModelUpdate update) {
      models.observe(states.computeIfAbsent(update.modelKey(), k -> models.create()), update, this);
    }

    @Override
    public void baseline(Baseline baseline) {
      baselines.put(baseline.modelKey(), baseline);
    }
  }
}
