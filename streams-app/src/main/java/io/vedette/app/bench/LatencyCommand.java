package io.vedette.app.bench;

import io.vedette.app.Settings;
import io.vedette.app.SettingsException;
import io.vedette.app.SettingsLoader;
import io.vedette.app.StreamsSettings;
import io.vedette.app.Wiring;
import io.vedette.core.Exchange;
import io.vedette.stream.Counters;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.StrictClients;
import io.vedette.stream.TopicSerdes;
import io.vedette.stream.Topics;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the time from an event to its incident on the topic, under a steady load. */
@Command(
    name = "latency",
    description =
        "Measures the time from the event that proves an attack to the incident in a consumer's"
            + " hands, under a steady load, on a broker of its own that ends with it.")
final class LatencyCommand implements Callable<Integer> {

  private static final long SEED = 11;
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final long LONGEST_START_MILLIS = 60_000;
  private static final long POLL_MILLIS = 50;
  private static final long SHORT_POLL_MILLIS = 5;
  private static final long LONGEST_WORK_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 1};
  private static final String HALF = "half";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rate",
      defaultValue = HALF,
      description = "honest exchanges a second, or half: half of what it works off, measured first")
  private String rate = HALF;

  @Option(
      names = "--calibration",
      defaultValue = "50000",
      description = "exchanges that are worked off, twice, to measure what half is")
  private int calibration = 50_000;

  @Option(names = "--attackers", defaultValue = "300", description = "attackers, one incident each")
  private int attackers = 300;

  @Option(
      names = "--warm-up",
      defaultValue = "PT30S",
      description = "honest traffic before the first attacker")
  private Duration warmUp = Duration.ofSeconds(30);

  @Option(
      names = "--length",
      defaultValue = "PT60S",
      description = "time over which the attackers begin")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--guarantee",
      defaultValue = "at_least_once",
      description = "at_least_once or exactly_once_v2")
  private String guarantee = "at_least_once";

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "stream threads, 1 to 4; as many as the shipped deployments have by default")
  private int threads = 2;

  @Override
  public Integer call()
      throws IOException, InterruptedException, ExecutionException, SettingsException {
    check();
    Path directory = Files.createTempDirectory("vedette-latency-");
    try (BrokerProcess broker = BrokerProcess.start(directory);
        WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        Bed bed = new Bed(broker.bootstrap(), Wiring.serdes(wire))) {
      TopicSerdes serdes = Wiring.serdes(wire);
      Settings settings =
          SettingsLoader.load(
              null,
              Map.of(
                  "VEDETTE_KAFKA_GUARANTEE", guarantee,
                  "VEDETTE_KAFKA_THREADS", Integer.toString(threads),
                  "VEDETTE_KAFKA_BOOTSTRAPSERVERS", broker.bootstrap(),
                  "VEDETTE_KAFKA_STATEDIR", directory.resolve("states").toString()));
      var learning = Traffic.of(10_000, 1_000_000, SEED).exchanges();
      bed.fill(FirstBaseline.of(settings, serdes, learning), learning, 0);
      return measure(settings, serdes, bed, broker.bootstrap()) ? 0 : 1;
    } finally {
      Bed.deleteTree(directory);
    }
  }

  private void check() {
    if (!rate.equals(HALF)) {
      perSecond();
    }
    if (calibration < 100 || calibration > 10_000_000) {
      throw wrong("--calibration", calibration, "100 to 10000000");
    }
    if (attackers < 1 || attackers > 10_000) {
      throw wrong("--attackers", attackers, "1 to 10000");
    }
    if (threads < 1 || threads > Bed.PARTITIONS) {
      throw wrong("--threads", threads, "1 to " + Bed.PARTITIONS);
    }
    if (!List.of("at_least_once", "exactly_once_v2").contains(guarantee)) {
      throw wrong("--guarantee", guarantee, "at_least_once or exactly_once_v2");
    }
  }

  private double perSecond() {
    String allowed = "half, or a number from 1 to 1000000";
    try {
      double number = Double.parseDouble(rate);
      if (number >= 1 && number <= 1_000_000) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong("--rate", rate, allowed);
    }
    throw wrong("--rate", rate, allowed);
  }

  private ParameterException wrong(String option, Object value, String allowed) {
    return new ParameterException(
        spec.commandLine(), option + " must be " + allowed + ", was " + value);
  }

  private boolean measure(Settings settings, TopicSerdes serdes, Bed bed, String bootstrap)
      throws InterruptedException {
    Counters counters = new Counters();
    Wiring wiring = new Wiring(settings);
    var topology =
        new VedetteTopology(
            Topics.DEFAULT, serdes, wiring.engines(), wiring.stages(), counters, wiring.outlets());
    var letters = new DeadLetters(Topics.DEFAULT.deadLetters(), 100, counters, () -> 0L);
    var config = StreamsSettings.of(settings);
    var watch = new IncidentWatch(bootstrap, serdes);
    Thread watching = new Thread(watch, "incident-watch");
    try (KafkaStreams streams =
        StrictClients.streams(topology.build(), config.properties(letters))) {
      streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
      streams.start();
      running(streams);
      double load = rate.equals(HALF) ? capacity(bed, counters) / 2 : perSecond();
      watching.start();
      double sent = bed.send(LiveLoad.of(load, attackers, warmUp, length, SEED));
      Thread.sleep(DRAIN.toMillis());
      watch.stop();
      watching.join();
      return print(sent, watch.millis());
    } finally {
      watch.stop();
    }
  }

  /** Exchanges a second that are worked off, producing included, once the service is warm. */
  private double capacity(Bed bed, Counters counters) throws InterruptedException {
    var traffic = Traffic.of(10_000, 2L * calibration, SEED + 1).exchanges();
    workOff(bed, traffic, counters);
    double capacity = calibration / (workOff(bed, traffic, counters) / 1e9);
    spec.commandLine().getOut().printf(Locale.ROOT, "works off %.0f events/s%n", capacity);
    return capacity;
  }

  private long workOff(Bed bed, Iterator<Exchange> traffic, Counters counters)
      throws InterruptedException {
    long before = counters.exchanges.sum();
    long start = System.nanoTime();
    bed.burst(traffic, calibration);
    while (counters.exchanges.sum() - before < calibration) {
      if (System.nanoTime() - start > LONGEST_WORK_NANOS) {
        throw new IllegalStateException("the calibration was not worked off in five minutes");
      }
      Thread.sleep(SHORT_POLL_MILLIS);
    }
    return System.nanoTime() - start;
  }

  private static void running(KafkaStreams streams) throws InterruptedException {
    for (long waited = 0; streams.state() != KafkaStreams.State.RUNNING; waited += POLL_MILLIS) {
      if (waited > LONGEST_START_MILLIS) {
        throw new IllegalStateException("service was not running after a minute");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean print(double sent, List<Double> millis) {
    var out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s, %d threads, %.0f events/s sent, %d attackers, %d incidents%n",
        guarantee,
        threads,
        sent,
        attackers,
        millis.size());
    for (double quantile : millis.isEmpty() ? new double[0] : QUANTILES) {
      out.printf(
          Locale.ROOT,
          "event to incident, %s: %.0f ms%n",
          quantile == 1 ? "most" : "p" + Math.round(quantile * 100),
          LatencyLimits.quantile(millis, quantile));
    }
    LatencyLimits limits = LatencyLimits.of(guarantee);
    out.printf(
        Locale.ROOT,
        "limits at half load: p50 %s, p99 %.0f ms%n",
        Double.isInfinite(limits.p50Millis())
            ? "none"
            : String.format(Locale.ROOT, "%.0f ms", limits.p50Millis()),
        limits.p99Millis());
    List<String> over = limits.excesses(millis);
    over.forEach(excess -> out.println("over: " + excess));
    out.flush();
    return over.isEmpty();
  }
}
