package io.vedette.stream;

import io.vedette.core.Exchange;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the three input topics, each in its own format, so that one source serves them all. */
final class InputReader implements Deserializer<Exchange> {

  private final Topics topics;
  private final Deserializer<Exchange> requests;
  private final Deserializer<Exchange> responses;
  private final Deserializer<Exchange> exchanges;

  InputReader(Topics topics, TopicSerdes serdes) {
    this.topics = topics;
    this.requests = serdes.requests().deserializer();
    this.responses = serdes.responses().deserializer();
    this.exchanges = serdes.exchanges().deserializer();
  }

  @Override
  public @Nullable Exchange deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    if (topic.equals(topics.exchanges())) {
      return exchanges.deserialize(topic, bytes);
    }
    if (topic.equals(topics.requests())) {
      return requests.deserialize(topic, bytes);
    }
    if (topic.equals(topics.responses())) {
      return responses.deserialize(topic, bytes);
    }
    throw new SerializationException("not an input topic");
  }
}
