package io.vedette.app.bench;

import io.vedette.app.Settings;
import io.vedette.app.SettingsException;
import io.vedette.app.SettingsLoader;
import io.vedette.app.Wiring;
import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.State;
import io.vedette.state.ArrayInput;
import io.vedette.stream.Counters;
import io.vedette.stream.TopicSerdes;
import io.vedette.stream.Topics;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the service against a topology that only decodes, side by side in one run: events a
 * second, CPU time per event, bytes of state per caller, heap.
 */
@Command(
    name = "bench",
    subcommands = LatencyCommand.class,
    description =
        "Measures the service with all detectors against a topology that only decodes, on a broker"
            + " of its own that ends with it.")
public final class BenchCommand implements Callable<Integer> {

  private static final long SEED = 7;
  private static final int SMALL_OUTPUT_EVERY = 100;
  private static final int STATE_HEADER = 9; // format byte and last use, of a written state

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--events", defaultValue = "2000000", description = "exchanges per run")
  private long events = 2_000_000;

  @Option(
      names = "--repetitions",
      defaultValue = "4",
      description = "runs of each side; the first warms up and does not count")
  private int repetitions = 4;

  @Option(names = "--callers", defaultValue = "10000", description = "callers, half-normal rates")
  private int callers = 10_000;

  @Option(names = "--threads", defaultValue = "1", description = "stream threads")
  private int threads = 1;

  @Option(names = "--only", paramLabel = "SIDE", description = "passthrough or vedette")
  private @Nullable String only;

  @Option(
      names = "--write-log",
      paramLabel = "FILE",
      description = "only writes the traffic as a native log, gzip, to be replayed")
  private @Nullable Path log;

  /** For the command line. */
  public BenchCommand() {}

  @Override
  public Integer call()
      throws IOException, InterruptedException, ExecutionException, SettingsException {
    Traffic traffic = Traffic.of(callers, events, SEED);
    if (log != null) {
      traffic.write(log, events);
      return 0;
    }
    Settings settings = SettingsLoader.load(null, Map.of());
    Path directory = Files.createTempDirectory("vedette-bench-");
    try (BrokerProcess broker = BrokerProcess.start(directory);
        WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        Bed bed = new Bed(broker.bootstrap(), Wiring.serdes(wire))) {
      Iterator<Exchange> exchanges = traffic.exchanges();
      bed.fill(FirstBaseline.of(settings, Wiring.serdes(wire), exchanges), exchanges, events);
      measure(
          settings,
          Wiring.serdes(wire),
          bed,
          new Contender(bed, broker.bootstrap(), directory.resolve("states"), threads));
      return 0;
    } finally {
      Bed.deleteTree(directory);
    }
  }

  private void measure(Settings settings, TopicSerdes serdes, Bed bed, Contender contender)
      throws InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-12s %4s %12s %14s %14s%n",
        "",
        "run",
        "events/s",
        "CPU us/event",
        "heap MiB");
    List<Contender.Cost> passing = new ArrayList<>();
    List<Contender.Cost> watching = new ArrayList<>();
    Wiring wiring = new Wiring(settings);
    for (int run = 0; run < repetitions; run++) {
      if (!"vedette".equals(only)) {
        LongAdder done = new LongAdder();
        String id = "bench-passthrough-" + run;
        var cost = contender.run(id, passThrough(serdes, done), done, new Counters(), events);
        print(out, "passthrough", run, cost);
        keep(passing, run, cost);
      }
      if (!"passthrough".equals(only)) {
        Counters counters = new Counters();
        var topology =
            new VedetteTopology(
                Topics.DEFAULT, serdes, wiring.engines(), wiring.stages(), counters);
        String id = "bench-vedette-" + run;
        var cost = contender.run(id, topology.build(), counters.exchanges, counters, events);
        print(out, "vedette", run, cost);
        keep(watching, run, cost);
        if (run == repetitions - 1) {
          states(out, wiring, bed, id + "-caller-states-changelog");
        }
        bed.forget(id);
      }
    }
    if (!passing.isEmpty() && !watching.isEmpty()) {
      out.print(ratio("CPU us per event", watching, passing, Contender.Cost::cpuMicros));
      out.print(ratio("events/s", watching, passing, Contender.Cost::eventsPerSecond));
    }
    out.flush();
  }

  private static void keep(List<Contender.Cost> kept, int run, Contender.Cost cost) {
    if (run > 0) {
      kept.add(cost);
    }
  }

  /** A line that holds one figure of both sides, the medians of their runs, against each other. */
  static String ratio(
      String figure,
      List<Contender.Cost> watching,
      List<Contender.Cost> passing,
      ToDoubleFunction<Contender.Cost> of) {
    double ours = median(watching, of);
    double theirs = median(passing, of);
    return String.format(
        Locale.ROOT,
        "%s: %.2f against %.2f, ratio %.2f (medians of warmed runs)%n",
        figure,
        ours,
        theirs,
        ours / theirs);
  }

  private static double median(
      List<Contender.Cost> costs, ToDoubleFunction<Contender.Cost> figure) {
    List<Double> sorted = costs.stream().mapToDouble(figure).sorted().boxed().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static void print(PrintWriter out, String side, int run, Contender.Cost cost) {
    out.printf(
        Locale.ROOT,
        "%-12s %4d %12.0f %14.2f %14.0f%n",
        side,
        run,
        cost.eventsPerSecond(),
        cost.cpuMicros(),
        cost.heapBytes() / 1048576.0);
    out.flush();
  }

  /** Decodes with the same serde, writes something small for one exchange in a hundred. */
  private static Topology passThrough(TopicSerdes serdes, LongAdder done) {
    var builder = new StreamsBuilder();
    builder.stream(
            Topics.DEFAULT.exchanges(),
            Consumed.with(Serdes.ByteArray(), serdes.exchanges()).withName("exchanges-in"))
        .filter(
            (key, exchange) -> {
              done.increment();
              return done.sum() % SMALL_OUTPUT_EVERY == 0;
            },
            Named.as("one-percent"))
        .mapValues(exchange -> Long.toString(exchange.timeMicros()), Named.as("small"))
        .to(Bed.PASSED, Produced.with(Serdes.ByteArray(), Serdes.String()).withName("out"));
    return builder.build();
  }

  private static void states(PrintWriter out, Wiring wiring, Bed bed, String changelog) {
    Engine<?, ?, ?> engine = wiring.engines().create(model -> null).caller();
    Map<String, Integer> written = new HashMap<>();
    Map<String, Integer> live = new HashMap<>();
    bed.changelog(
        changelog,
        (key, bytes) -> {
          written.put(key, bytes.length);
          live.put(key, liveBytes(engine, bytes));
        });
    out.printf(
        Locale.ROOT,
        "state per caller: %.0f bytes written, %.0f bytes live, %d bytes written at most, %d callers%n",
        written.values().stream().mapToInt(b -> b).average().orElse(0),
        live.values().stream().mapToInt(b -> b).average().orElse(0),
        written.values().stream().mapToInt(b -> b).max().orElse(0),
        written.size());
  }

  private static int liveBytes(Engine<?, ?, ?> engine, byte[] bytes) {
    try {
      State state = engine.read(new ArrayInput(bytes, STATE_HEADER));
      return state.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
