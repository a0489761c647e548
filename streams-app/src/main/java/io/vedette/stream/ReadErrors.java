package io.vedette.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends records that cannot be read to the dead letter topic and goes on; in an outage of the
 * registry it stops the thread, so that the record is read again.
 */
public final class ReadErrors implements DeserializationExceptionHandler {

  private @Nullable DeadLetters letters;

  /** For Kafka Streams. */
  public ReadErrors() {}

  @Override
  public void configure(Map<String, ?> configs) {
    letters = DeadLetters.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    if (Outages.registry(error)) {
      return Response.fail();
    }
    return Response.resume(
        Stages.ready(letters).letter(context, record.key(), record.value(), error, "read"));
  }
}
