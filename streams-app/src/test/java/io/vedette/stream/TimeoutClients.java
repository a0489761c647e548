package io.vedette.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Clients whose writes and commits time out in every way once, in the midst of their work. */
final class TimeoutClients extends DefaultKafkaClientSupplier {

  /** What does not come in time, in this order. */
  enum Kind {
    /** A finding is not written. */
    WRITE,
    /** The offsets are in the transaction, the answer is lost. */
    OFFSETS_ANSWER,
    /** No commit reaches a broker. */
    COMMIT,
    /** The transaction is committed, the answer is lost. */
    COMMIT_ANSWER
  }

  private final AtomicInteger observed = new AtomicInteger();
  private final AtomicInteger happened = new AtomicInteger();
  private final int every;
  private final Path log;

  /**
   * Clients that time out.
   *
   * @param every exchanges from one to the next
   * @param log file for the name of each, a line
   */
  TimeoutClients(int every, Path log) {
    this.every = every;
    this.log = log;
  }

  /** An exchange was worked on. */
  void observed() {
    observed.incrementAndGet();
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (record.topic().endsWith(".findings") && isDue(Kind.WRITE)) {
          var error = new TimeoutException("made up: " + Kind.WRITE);
          callback.onCompletion(null, error);
          return CompletableFuture.failedFuture(error);
        }
        return super.send(record, callback);
      }

      @Override
      public void sendOffsetsToTransaction(
          Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        super.sendOffsetsToTransaction(offsets, group);
        timeOut(Kind.OFFSETS_ANSWER);
      }

      @Override
      public void commitTransaction() {
        timeOut(Kind.COMMIT);
        super.commitTransaction();
        timeOut(Kind.COMMIT_ANSWER);
      }
    };
  }

  private void timeOut(Kind kind) {
    if (isDue(kind)) {
      throw new TimeoutException("made up: " + kind);
    }
  }

  private boolean isDue(Kind kind) {
    int next = happened.get();
    if (next != kind.ordinal() || observed.get() < (next + 1) * every) {
      return false;
    }
    happened.incrementAndGet();
    try {
      Files.writeString(log, kind + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }
}
