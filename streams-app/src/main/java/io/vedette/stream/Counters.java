package io.vedette.stream;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** What the stages count; the metrics registry reads it. */
public final class Counters {

  /** Exchanges that reached the caller stage. */
  public final LongAdder exchanges = new LongAdder();

  /** Findings published. */
  public final LongAdder findings = new LongAdder();

  /** Incident activities published. */
  public final LongAdder incidents = new LongAdder();

  /** Calls of an engine that threw. */
  public final LongAdder fenced = new LongAdder();

  /** Requests that went on without a response. */
  public final LongAdder missingResponses = new LongAdder();

  /** Responses that went on without a request. */
  public final LongAdder missingRequests = new LongAdder();

  /** Halves and held exchanges that went on early because a bound was reached. */
  public final LongAdder overflows = new LongAdder();

  /** Replayed exchanges that came later than the wait, so out of order. */
  public final LongAdder late = new LongAdder();

  /** Dead letters written. */
  public final LongAdder deadLetters = new LongAdder();

  /** Dead letters only counted, because their rate was too high. */
  public final LongAdder deadLettersDropped = new LongAdder();

  /** States that could not be read or written. */
  public final LongAdder damagedStates = new LongAdder();

  private final LongConsumer detectionDelayMicros;

  /**
   * Counters.
   *
   * @param detectionDelayMicros takes, per finding, wall clock minus event time, microseconds
   */
  public Counters(LongConsumer detectionDelayMicros) {
    this.detectionDelayMicros = detectionDelayMicros;
  }

  /** Counts a published finding. */
  void finding(long eventMicros, long wallMillis) {
    findings.increment();
    detectionDelayMicros.accept(Math.max(0, wallMillis * 1000L - eventMicros));
  }
}
