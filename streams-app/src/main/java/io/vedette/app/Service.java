package io.vedette.app;

import io.vedette.core.Incident;
import io.vedette.edge.http.Health;
import io.vedette.edge.http.HttpEdge;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.StrictClients;
import io.vedette.stream.VedetteTopology;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: topology, HTTP edge, metrics and the reader of incidents behind the console. */
final class Service implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final int LETTERS_PER_SECOND = 1000;
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final Metrics metrics = new Metrics();
  private final OpenIncidents open = metrics.openIncidents();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch dead = new CountDownLatch(1);
  private final WireSerdes wire;
  private final LetterWriter letterWriter;
  private final KafkaStreams streams;
  private final HttpEdge http;
  private final SocView view;
  private final Thread rights;
  private final LiveSettings live;
  private volatile @Nullable SettingsWatch watch;

  /**
   * Builds the service; {@link #start} lets it run.
   *
   * @param incidents takes each incident activity that is read back from its topic
   */
  Service(Settings settings, Consumer<Incident> incidents) throws IOException {
    live = new LiveSettings(settings);
    Wiring wiring = new Wiring(live);
    wire = new WireSerdes(wiring.wireSettings());
    VedetteTopology topology =
        new VedetteTopology(
            wiring.topics(),
            Wiring.serdes(wire),
            wiring.engines(metrics.counters()),
            wiring.stages(),
            metrics.counters(),
            wiring.outlets());
    letterWriter = new LetterWriter(settings);
    DeadLetters letters =
        new DeadLetters(
            settings.topics().deadLetters(),
            LETTERS_PER_SECOND,
            metrics.counters(),
            System::currentTimeMillis,
            letterWriter);
    Properties properties = StreamsSettings.of(settings).properties(letters);
    streams = StrictClients.streams(topology.build(), properties);
    streams.setStateListener((now, before) -> onState(now));
    rights = new Thread(() -> StartCheck.problems(settings).forEach(LOG::error), "access-check");
    rights.setDaemon(true);
    streams.setUncaughtExceptionHandler(
        new ThreadDeaths(
            settings.kafka().threads(),
            System::currentTimeMillis,
            () -> StartCheck.problems(settings).forEach(LOG::error)));
    metrics.service(() -> ready() ? 1 : 0, settings.state().memoryBytes());
    metrics.once(settings.topics().byRole().values());
    metrics.once(List.of(settings.kafka().applicationId()));
    metrics.bind(streams);
    view =
        new SocView(
            settings,
            wire,
            true,
            incident -> {
              open.accept(incident);
              incidents.accept(incident);
            });
    http =
        new HttpEdge(
            HttpRules.config(settings.http()), view.sources(this::health, metrics::scrape));
  }

  /** Lets it run. */
  void start() {
    view.start();
    streams.start();
  }

  /**
   * Takes over changes of the settings file from now on, as far as a running service can.
   *
   * @param environment goes before the file
   */
  void follow(Path file, Map<String, String> environment) {
    SettingsWatch following = new SettingsWatch(file, environment, live, metrics.settings());
    watch = following;
    following.start();
  }

  /** Waits until it can no longer run, or is interrupted. */
  void await() throws InterruptedException {
    dead.await();
  }

  /** Port of the HTTP edge. */
  int port() {
    return http.port();
  }

  boolean ready() {
    return Probes.ready(streams.state());
  }

  private void onState(KafkaStreams.State now) {
    LOG.info("service state: {}", now);
    if (Probes.ready(now) && !started.getAndSet(true)) {
      rights.start(); // only now are the internal topics there for sure
    }
    if (Probes.dead(now)) {
      dead.countDown();
    }
  }

  private Health health() {
    return Probes.of(streams.state(), started.get(), view.failure() != null);
  }

  @Override
  public void close() {
    SettingsWatch following = watch;
    if (following != null) {
      following.close();
    }
    view.close();
    streams.close(CLOSE);
    letterWriter.close();
    http.close();
    metrics.close();
    wire.close();
  }
}
