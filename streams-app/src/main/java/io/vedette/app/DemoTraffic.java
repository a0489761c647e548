package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.stream.TopicSerdes;
import io.vedette.wire.WireSerdes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the lab's exchanges to the exchanges topic at the pace of the wall clock. */
final class DemoTraffic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoTraffic.class);

  private final KafkaProducer<String, byte[]> producer;
  private final Serializer<Exchange> exchanges;
  private final Serializer<Baseline> baselines;
  private final String exchangesTopic;
  private final String baselinesTopic;
  private volatile boolean closing;

  DemoTraffic(Settings settings, WireSerdes wire) {
    TopicSerdes serdes = Wiring.serdes(wire);
    this.exchanges = serdes.exchanges().serializer();
    this.baselines = serdes.baselines().serializer();
    this.exchangesTopic = settings.topics().exchanges();
    this.baselinesTopic = settings.topics().baselines();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                settings.kafka().bootstrapServers(),
                "linger.ms",
                "5",
                "client.id",
                "vedette-demo-traffic"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Publishes a baseline, so that the demo need not wait for one to be learnt. */
  void publish(Baseline baseline) {
    send(baselinesTopic, baseline.modelKey(), baselines.serialize(baselinesTopic, baseline));
    producer.flush();
  }

  /** Plays exchanges until closed, the scenario's live moment being now. */
  void play(Iterable<Exchange> scenario) throws InterruptedException {
    long live = Wiring.micros(DemoScript.live());
    long start = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    for (Exchange exchange : scenario) {
      if (closing) {
        return;
      }
      long due = exchange.timeMicros() - live + start;
      if (due < start) {
        continue; // the learning period, of which the baselines were built
      }
      long wait = due - TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
      if (wait > 0) {
        producer.flush();
        Thread.sleep(TimeUnit.MICROSECONDS.toMillis(wait));
      }
      send(
          exchangesTopic,
          exchange.caller().key(),
          exchanges.serialize(exchangesTopic, exchange.at(due)));
    }
  }

  private void send(String topic, String key, byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, error) -> {
              if (error != null && !closing) {
                LOG.warn("demo traffic was not taken", error);
              }
            });
  }

  /** False once it was told to end. */
  boolean isOpen() {
    return !closing;
  }

  /** Lets {@link #play} return at the next exchange. */
  void end() {
    closing = true;
  }

  @Override
  public void close() {
    end();
    producer.close();
  }
}
