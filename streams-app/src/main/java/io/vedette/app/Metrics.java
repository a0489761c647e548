package io.vedette.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vedette.stream.Counters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Vedette's metrics; never tagged by caller. */
final class Metrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer delay =
      Timer.builder("vedette.detection.delay")
          .description("Wall clock minus event time of the exchange behind a finding")
          .publishPercentileHistogram()
          .minimumExpectedValue(Duration.ofMillis(1))
          .maximumExpectedValue(Duration.ofMinutes(10))
          .register(registry);
  private @Nullable KafkaStreamsMetrics streams;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Counters counters =
      new Counters(micros -> delay.record(micros, TimeUnit.MICROSECONDS));

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
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private void count(String name, String description, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  Counters counters() {
    return counters;
  }

  /** Adds the metrics of Kafka Streams and the health of the service. */
  void bind(KafkaStreams kafkaStreams, Supplier<Number> ready) {
    Gauge.builder("vedette.ready", ready)
        .description("1 while traffic is processed")
        .register(registry);
    KafkaStreamsMetrics binder =
        new KafkaStreamsMetrics(kafkaStreams, List.of(), new MeterSearch());
    binder.bindTo(registry);
    streams = binder;
  }

  /** Counts the incidents that are open, from the activities that it is told. */
  OpenIncidents openIncidents() {
    return new OpenIncidents(registry, Wiring.profiles());
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
