package io.vedette.stream;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends records that a stage failed on to the dead letter topic and goes on; in an outage of the
 * registry or of Kafka it stops the thread, so that the record is worked on again.
 *
 * <p>Kafka Streams throws the failure of an earlier write, once, at the next record that is sent:
 * who goes on there has buried the wrong record, and commits past the one that was not written.
 */
public final class StageErrors implements ProcessingExceptionHandler {

  private @Nullable DeadLetters letters;

  /** For Kafka Streams. */
  public StageErrors() {}

  @Override
  public void configure(Map<String, ?> configs) {
    letters = DeadLetters.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception error) {
    if (Outages.registry(error) || Outages.kafka(error)) {
      return Response.fail();
    }
    return Response.resume(
        Stages.ready(letters)
            .letter(
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                error,
                context.processorNodeId()));
  }
}
