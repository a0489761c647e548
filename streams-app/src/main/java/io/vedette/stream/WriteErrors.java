package io.vedette.stream;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Decides about results that cannot be written: one that is too large or cannot be serialized is
 * left out with a dead letter, what may heal is tried again, all else stops the task, and so does
 * an outage of the registry.
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
    return error instanceof RetriableException ? Response.retry() : Response.fail();
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
