package io.vedette.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vedette.core.Verdict;
import io.vedette.stream.Counters;
import io.vedette.stream.Delays;
import io.vedette.stream.DetectorCounters;
import io.vedette.stream.VedetteTopology;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Vedette's metrics; never tagged by caller. */
final class Metrics implements AutoCloseable {

  private final Set<String> doubles = ConcurrentHashMap.newKeySet();
  private final PrometheusMeterRegistry registry = registry(doubles);
  private final Timer delay =
      timer(
          "vedette.detection.delay",
          "Wall clock minus event time of the exchange behind a finding",
          Duration.ofMinutes(10));
  private final Timer toIncident =
      timer(
          "vedette.incident.delay",
          "Wall clock minus event time of the exchange that opened an incident",
          Duration.ofMinutes(10));
  private final Timer evidence =
      timer(
          "vedette.incident.evidence.span",
          "Event time from the first exchange that counts towards an incident to the one that opened it",
          Duration.ofDays(1));
  private @Nullable KafkaStreamsMetrics streams;
  private final SettingsTally settings = new SettingsTally();
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Counters counters =
      new Counters(
          new Delays() {
            @Override
            public void finding(long wallMicros) {
              delay.record(wallMicros, TimeUnit.MICROSECONDS);
            }

            @Override
            public void incident(long streamMicros, long wallMicros) {
              evidence.record(streamMicros, TimeUnit.MICROSECONDS);
              toIncident.record(wallMicros, TimeUnit.MICROSECONDS);
            }
          });

  Metrics() {
    count("vedette.exchanges", "Exchanges told to the caller stage", counters.exchanges);
    count("vedette.findings", "Findings published", counters.findings);
    count("vedette.incidents", "Incident activities published", counters.incidents);
    count("vedette.fenced", "Errors of detectors that were fenced", counters.fenced);
    count(
        "vedette.pairing.missing.responses",
        "Requests without a response",
        counters.missingResponses);
    count(
        "vedette.pairing.missing.requests",
        "Responses without a request",
        counters.missingRequests);
    count("vedette.pairing.overflows", "Halves let go because too many waited", counters.overflows);
    count("vedette.late", "Exchanges that came after their place in order", counters.late);
    count("vedette.deadletters", "Records sent to the dead letter topic", counters.deadLetters);
    count(
        "vedette.deadletters.dropped",
        "Dead letters beyond the rate limit",
        counters.deadLettersDropped);
    count("vedette.state.damaged", "States that could not be read", counters.damagedStates);
    count(
        "vedette.settings.applied",
        "Changes of the settings file that were taken",
        settings.applied());
    count(
        "vedette.settings.refused",
        "Changes of the settings file that were not valid and changed nothing",
        settings.refused());
    Gauge.builder("vedette.settings.stale", settings.stale(), stale -> stale.get() ? 1 : 0)
        .description("1 while the settings file is not valid, so that those before it hold")
        .register(registry);
    for (String store : VedetteTopology.LIVE_STORES) {
      Gauge.builder("vedette.state.live", counters.liveBytes(store), LongAdder::sum)
          .description("Estimated heap of the live states, as of the last commits")
          .baseUnit("bytes")
          .tag("store", store)
          .register(registry);
    }
    Wiring.profiles().forEach(profile -> detector(profile.id()));
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private void count(String name, String description, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private void detector(String id) {
    DetectorCounters of = counters.detector(id);
    detector(
        "vedette.detector.events", "Exchanges, sightings or windows told to it", id, of.events);
    detector("vedette.detector.findings", "Findings of the detector", id, of.findings);
    detector("vedette.detector.fenced", "Errors of the detector, fenced", id, of.fenced);
    detector(
        "vedette.detector.shadow.findings",
        "Findings of the detector in shadow",
        id,
        of.shadowFindings);
    detector(
        "vedette.detector.shadow.incidents",
        "Incidents that the detector would have opened, were it not in shadow",
        id,
        of.shadowIncidents);
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      if (kind != Verdict.Kind.UNKNOWN) {
        FunctionCounter.builder("vedette.detector.verdicts", of.verdicts(kind), LongAdder::sum)
            .description("Verdicts of analysts on incidents that the detector contributed to")
            .tag("detector", id)
            .tag("verdict", kind.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
    }
    Gauge.builder("vedette.detector.precision", of, DetectorCounters::precision)
        .description("True positives among verdicts of right or wrong, since the start")
        .tag("detector", id)
        .register(registry);
    FunctionCounter.builder("vedette.detector.seconds", of.nanoseconds, nanos -> nanos.sum() / 1e9)
        .description("Time that the detector took, estimated from one call in 64")
        .tag("detector", id)
        .register(registry);
  }

  private void detector(String name, String description, String id, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .tag("detector", id)
        .register(registry);
  }

  private Timer timer(String name, String description, Duration most) {
    return Timer.builder(name)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(most)
        .register(registry);
  }

  Counters counters() {
    return counters;
  }

  SettingsTally settings() {
    return settings;
  }

  /** Adds the health of the service and the memory that its settings allow for live states. */
  void service(Supplier<Number> ready, long memoryBytes) {
    Gauge.builder("vedette.ready", ready)
        .description("1 while traffic is processed")
        .register(registry);
    Gauge.builder("vedette.state.memory", () -> memoryBytes)
        .description("The setting state.memoryBytes; a store may take a third of it")
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * Leaves out what Kafka's consumer shows twice: a topic whose name has periods once more with
   * underscores, which its documentation calls deprecated, and which a sum of lags would count.
   *
   * @param names topics, and the application id, which the names of internal ones begin with
   */
  void once(Collection<String> names) {
    names.forEach(name -> doubles.add(name.replace('.', '_')));
    names.forEach(doubles::remove);
  }

  private static PrometheusMeterRegistry registry(Set<String> doubles) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(MeterFilter.deny(id -> isIn(doubles, id.getTag("topic"))));
    return registry;
  }

  private static boolean isIn(Set<String> doubles, @Nullable String topic) {
    return topic != null
        && (doubles.contains(topic) || doubles.stream().anyMatch(d -> topic.startsWith(d + '-')));
  }

  /** Adds the metrics of Kafka Streams. */
  void bind(KafkaStreams kafkaStreams) {
    KafkaStreamsMetrics binder =
        new KafkaStreamsMetrics(kafkaStreams, List.of(), new MeterSearch());
    binder.bindTo(registry);
    streams = binder;
  }

  /** Counts the incidents that are open, from the activities that it is told. */
  OpenIncidents openIncidents() {
    return new OpenIncidents(registry, Wiring.profiles());
  }

  /** All meters that are registered. */
  MeterRegistry registry() {
    return registry;
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close();
    }
    collections.close();
    registry.close();
  }
}
