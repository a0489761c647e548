package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.edge.cli.IncidentPrinter;
import io.vedette.edge.embedded.EmbeddedBroker;
import io.vedette.edge.embedded.EmbeddedRegistry;
import io.vedette.lab.Scenario;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Broker, registry, service and live traffic in one process. */
@Command(
    name = "demo",
    description =
        "Runs everything in one process: broker, registry, service, console, and live traffic with"
            + " real attacks on small models; prints each incident as it opens.")
final class DemoCommand implements Callable<Integer> {

  private static final List<String> VIEWS = List.of("ocsf", "ecs", "cef");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--duration",
      paramLabel = "ISO",
      description = "ends by itself after this time, for example PT60S")
  private @Nullable Duration duration;

  @Option(names = "--seed", defaultValue = "1", description = "seed of the traffic")
  private long seed = 1;

  @Option(names = "--port", defaultValue = "8080", description = "port of the console")
  private int port = 8080;

  @Option(
      names = "--no-traffic",
      description = "broker, registry and service alone, for a client of your own")
  private boolean noTraffic;

  @Option(
      names = "--views",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "ocsf",
      description = "SIEM views to publish, of ocsf, ecs, cef; default ocsf")
  private List<String> views = List.of("ocsf");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @Override
  public Integer call() throws SettingsException, InterruptedException, IOException {
    if (!VIEWS.containsAll(views)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--views must be of ocsf, ecs, cef, was " + String.join(",", views));
    }
    Thread closer =
        new Thread(
            () -> {
              end.countDown();
              closeAll();
            },
            "demo-shutdown");
    Runtime.getRuntime().addShutdownHook(closer);
    try {
      run();
    } finally {
      closeAll();
    }
    return 0;
  }

  private void run() throws SettingsException, InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    CompletableFuture<DemoScript> script =
        noTraffic
            ? CompletableFuture.failedFuture(new IllegalStateException("no traffic"))
            : CompletableFuture.supplyAsync(DemoScript::new);
    EmbeddedBroker broker = opened(EmbeddedBroker.start());
    Settings settings = settings(broker.bootstrapServers(), "http://127.0.0.1:1");
    try (TopicAdmin admin = new TopicAdmin(settings)) {
      admin.create();
    }
    EmbeddedRegistry registry =
        opened(EmbeddedRegistry.start(broker.bootstrapServers(), 0, subjects(settings)));
    port = port == 0 ? freePort() : port; // runbooks name it
    settings = settings(broker.bootstrapServers(), registry.url());
    WireSerdes wire = opened(new WireSerdes(new Wiring(settings).wireSettings()));
    wire.ensureRegistered(settings.topics().byRole());
    out.printf("kafka %s   registry %s%n", broker.bootstrapServers(), registry.url());
    IncidentPrinter printer = new IncidentPrinter(CommandLine.Help.Ansi.AUTO.enabled());
    Service service = opened(new Service(settings, incident -> print(out, printer, incident)));
    out.printf("console http://127.0.0.1:%d/%n", service.port());
    out.flush();
    if (noTraffic) {
      service.start();
    } else {
      play(script.join(), settings, wire, service);
    }
    if (duration == null) {
      end.await();
    } else if (end.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      LoggerFactory.getLogger(DemoCommand.class).info("demo was interrupted");
    }
  }

  private void play(DemoScript script, Settings settings, WireSerdes wire, Service service) {
    Scenario scenario = script.scenario(seed);
    DemoTraffic traffic = opened(new DemoTraffic(settings, wire));
    learn(scenario, settings).values().forEach(traffic::publish);
    service.start();
    Thread player =
        new Thread(
            () -> {
              try {
                for (long s = seed; ; s++) {
                  traffic.play(s == seed ? scenario : script.scenario(s));
                }
              } catch (InterruptedException | RuntimeException e) {
                Logger log = LoggerFactory.getLogger(DemoCommand.class);
                log.debug("demo traffic ended", e);
              }
            },
            "demo-traffic");
    player.setDaemon(true);
    player.start();
  }

  static Map<String, Baseline> learn(Scenario scenario, Settings settings) {
    var learner = new BaselineCommand.Learner(new Wiring(settings));
    long live = Wiring.micros(DemoScript.live());
    for (Exchange exchange : scenario) {
      if (exchange.timeMicros() >= live) {
        break;
      }
      learner.learn(exchange);
    }
    return learner.finish();
  }

  private Settings settings(String bootstrap, String registry)
      throws SettingsException, IOException {
    Path state = Files.createTempDirectory("vedette-demo");
    opened(() -> deleteAll(state));
    Map<String, String> set = new HashMap<>();
    set.put("VEDETTE_KAFKA_BOOTSTRAPSERVERS", bootstrap);
    set.put("VEDETTE_KAFKA_STATEDIR", state.toString());
    set.put("VEDETTE_REGISTRY_URL", registry);
    set.put("VEDETTE_TOPICS_PARTITIONS", "2");
    set.put("VEDETTE_CELLS_PARTITIONS", "2");
    set.put("VEDETTE_HTTP_PORT", Integer.toString(port));
    set.put("VEDETTE_SIEM_RUNBOOKURL", "http://127.0.0.1:" + port + "/runbooks/{detector}");
    for (String view : VIEWS) {
      String key = "VEDETTE_SIEM_" + view.toUpperCase(Locale.ROOT);
      set.put(key, Boolean.toString(views.contains(view)));
    }
    return SettingsLoader.load(null, set);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Set<String> subjects(Settings settings) {
    Set<String> subjects = new HashSet<>();
    settings.topics().byRole().values().forEach(topic -> subjects.add(topic + "-value"));
    return subjects;
  }

  private static void print(PrintWriter out, IncidentPrinter printer, Incident incident) {
    if (incident.activity() == Incident.Activity.CREATE) {
      out.println(printer.render(incident));
      out.flush();
    }
  }

  private synchronized <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(DemoCommand.class).warn("demo could not close a part", e);
      }
    }
  }
}
