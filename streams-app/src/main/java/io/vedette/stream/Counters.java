package io.vedette.stream;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

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

  private final Map<String, LongAdder> liveBytes = new ConcurrentHashMap<>();
  private final Map<String, DetectorCounters> detectors = new ConcurrentHashMap<>();
  private final Delays delays;

  /** Counters that tell nobody of delays. */
  public Counters() {
    this(Delays.NONE);
  }

  /** Counters that tell of delays. */
  public Counters(Delays delays) {
    this.delays = delays;
  }

  /** Estimated heap of the live states of a store of all tasks, bytes, as of their last commits. */
  public LongAdder liveBytes(String store) {
    return liveBytes.computeIfAbsent(store, key -> new LongAdder());
  }

  /** What is counted of a detector. */
  public DetectorCounters detector(String id) {
    return detectors.computeIfAbsent(id, key -> new DetectorCounters());
  }

  /** Counts a published finding. */
  void finding(Finding finding, long wallMillis) {
    findings.increment();
    detector(finding.detector()).findings.increment();
    delays.finding(since(finding.timeMicros(), wallMillis));
  }

  /** Counts a published incident activity. */
  void incident(Incident incident, long wallMillis) {
    incidents.increment();
    if (incident.activity() == Incident.Activity.CREATE) {
      delays.incident(
          Math.max(0, incident.timeMicros() - incident.firstSeenMicros()),
          since(incident.timeMicros(), wallMillis));
    }
  }

  /** Counts a verdict for each detector that contributed to the incident judged. */
  void verdict(Verdict.Kind kind, List<String> contributors) {
    contributors.forEach(id -> detector(id).verdicts(kind).increment());
  }

  private static long since(long eventMicros, long wallMillis) {
    return Math.max(0, wallMillis * 1000L - eventMicros);
  }
}
