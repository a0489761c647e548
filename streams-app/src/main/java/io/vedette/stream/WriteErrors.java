package io.vedette.stream;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Decides about results that cannot be written: one that is too large or cannot be serialized is
 * left out with a dead letter; all else stops the thread, and so does an outage of the registry.
 *
 * <p>What may heal was tried by the producer for {@code delivery.timeout.ms} already. {@code RETRY}
 * would not try again: Kafka Streams takes the task for corrupted, and may pass over records when
 * it mends it, see {@link StrictClients}.
 */
public final class WriteErrors implements ProductionExceptionHandler {

  private @Nullable DeadLetters letters;

  /** For Kafka Streams. */
  public WriteErrors() {}

  @Override
  public void configure(Map<String, ?> configs) {
    letters = DeadLetters.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception error) {
    if (error instanceof RecordTooLargeException) {
      DeadLetters target = Stages.ready(letters);
      if (target.isOwn(record.topic())) {
        return Response.resume();
      }
      // Without its value, which would be too large again.
      return Response.resume(target.letter(context, record.key(), null, error, "write"));
    }
    return Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception error,
      SerializationExceptionOrigin origin) {
    if (Outages.registry(error)) {
      return Response.fail();
    }
    return Response.resume(
        Stages.ready(letters)
            .letter(context, context.sourceRawKey(), context.sourceRawValue(), error, "write"));
  }
}
