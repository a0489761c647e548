package io.vedette.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters: key and value as they came, reason and coordinates in headers, so many per
 * second and no more.
 *
 * <p>Handed to the exception handlers through the configuration, under {@link #CONFIG}.
 */
public final class DeadLetters {

  /** Configuration key that carries the instance to the handlers. */
  public static final String CONFIG = "vedette.dead.letters";

  /** Header: why, at most 200 characters. */
  public static final String REASON = "vedette.reason";

  /** Header: class of the exception. */
  public static final String ERROR_CLASS = "vedette.error.class";

  /** Header: topic that the record came from. */
  public static final String TOPIC = "vedette.topic";

  /** Header: partition that the record came from. */
  public static final String PARTITION = "vedette.partition";

  /** Header: offset that the record came from. */
  public static final String OFFSET = "vedette.offset";

  /** Header: where it failed: {@code read}, {@code write} or the name of a stage. */
  public static final String STAGE = "vedette.stage";

  private static final int MAX_REASON = 200;
  private static final int GLOBAL = -1; // subtopology of the task that feeds global tables
  private static final String OUR_PACKAGES = "io.vedette.";

  private final String topic;
  private final int maxPerSecond;
  private final Counters counters;
  private final LongSupplier clockMs;
  private final Consumer<ProducerRecord<byte[], byte[]>> aside;
  private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(DeadLetters.class));
  private long second = Long.MIN_VALUE;
  private int inSecond;

  /**
   * Dead letters for a topic.
   *
   * @param maxPerSecond dead letters per second and process; beyond they are only counted
   * @param clockMs wall clock, milliseconds
   */
  public DeadLetters(String topic, int maxPerSecond, Counters counters, LongSupplier clockMs) {
    this(topic, maxPerSecond, counters, clockMs, letter -> {});
  }

  /**
   * Dead letters for a topic, those of global tables too.
   *
   * @param aside writes the letters of global tables. Kafka Streams 4.3.1 cannot: handed a letter
   *     for a record that it could not read, the thread of all global tables dies, again at each
   *     start. It reads the whole topics then, so their bad records have a letter for each start.
   */
  public DeadLetters(
      String topic,
      int maxPerSecond,
      Counters counters,
      LongSupplier clockMs,
      Consumer<ProducerRecord<byte[], byte[]>> aside) {
    this.aside = aside;
    this.topic = topic;
    this.maxPerSecond = maxPerSecond;
    this.counters = counters;
    this.clockMs = clockMs;
  }

  /** The instance that a handler was configured with. */
  static DeadLetters of(Map<String, ?> configs) {
    if (configs.get(CONFIG) instanceof DeadLetters letters) {
      return letters;
    }
    throw new IllegalArgumentException(CONFIG + " must be an instance of DeadLetters");
  }

  /** The record to write, or none beyond the rate, nor for a global table's, which goes aside. */
  List<ProducerRecord<byte[], byte[]>> letter(
      ErrorHandlerContext context,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Throwable error,
      String stage) {
    log.warn("dead letter", stage, root(error));
    if (!admit()) {
      return List.of();
    }
    RecordHeaders headers = headers(reason(root(error)), error, stage);
    locate(headers, String.valueOf(context.topic()), context.partition(), context.offset());
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, null, key, value, headers);
    if (context.taskId().subtopology() == GLOBAL) {
      aside.accept(letter);
      return List.of();
    }
    return List.of(letter);
  }

  /** Headers that say why and where something failed. */
  static RecordHeaders headers(String reason, Throwable error, String stage) {
    var headers = new RecordHeaders();
    add(headers, REASON, reason);
    add(headers, ERROR_CLASS, root(error).getClass().getName());
    add(headers, STAGE, stage);
    return headers;
  }

  /** Adds the place of the record that was worked on. */
  static void locate(Headers headers, String topic, int partition, long offset) {
    add(headers, TOPIC, topic);
    add(headers, PARTITION, Integer.toString(partition));
    add(headers, OFFSET, Long.toString(offset));
  }

  /** True for the topic that dead letters themselves go to. */
  boolean isOwn(String target) {
    return topic.equals(target);
  }

  /** Whether one more letter may be written now; counted in either case. */
  boolean admit() {
    if (within()) {
      counters.deadLetters.increment();
      return true;
    }
    counters.deadLettersDropped.increment();
    return false;
  }

  private synchronized boolean within() {
    long now = Math.floorDiv(clockMs.getAsLong(), 1000L);
    if (now != second) {
      second = now;
      inSecond = 0;
    }
    return inSecond++ < maxPerSecond;
  }

  /** The innermost error whose text may be shown, else the innermost error. */
  private static Throwable root(Throwable error) {
    Throwable last = error;
    for (int depth = 0; depth < 16; depth++) {
      if (isOurs(last) || last.getCause() == null) {
        return last;
      }
      last = last.getCause();
    }
    return last;
  }

  private static boolean isOurs(Throwable error) {
    return error instanceof SerializationException
        || error.getClass().getName().startsWith(OUR_PACKAGES);
  }

  /** Foreign texts may quote payloads, so only our own are shown. */
  static String reason(Throwable error) {
    Throwable cause = root(error);
    String text = isOurs(cause) ? cause.getMessage() : null;
    if (text == null) {
      return "unexpected error";
    }
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
