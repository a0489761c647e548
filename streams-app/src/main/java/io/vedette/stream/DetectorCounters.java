package io.vedette.stream;

import io.vedette.core.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of one detector. */
public final class DetectorCounters {

  /** Events told to it: exchanges, sightings or windows. */
  public final LongAdder events = new LongAdder();

  /** Findings published. */
  public final LongAdder findings = new LongAdder();

  /** Nanoseconds it took, estimated from a sample of its calls. */
  public final LongAdder nanoseconds = new LongAdder();

  /** Calls that threw. */
  public final LongAdder fenced = new LongAdder();

  /** Findings taken in while the detector is in shadow. */
  public final LongAdder shadowFindings = new LongAdder();

  /** Incidents that it would have opened, were it not in shadow. */
  public final LongAdder shadowIncidents = new LongAdder();

  private final Map<Verdict.Kind, LongAdder> verdicts = new EnumMap<>(Verdict.Kind.class);

  DetectorCounters() {
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      verdicts.put(kind, new LongAdder());
    }
  }

  /** Verdicts of a kind on incidents that it contributed to. */
  public LongAdder verdicts(Verdict.Kind kind) {
    return Objects.requireNonNull(verdicts.get(kind));
  }

  /**
   * Share of true positives among the verdicts that call an incident right or wrong (true positive,
   * false positive, benign); NaN before the first one.
   */
  public double precision() {
    double right = verdicts(Verdict.Kind.TRUE_POSITIVE).sum();
    double wrong =
        verdicts(Verdict.Kind.FALSE_POSITIVE).sum() + verdicts(Verdict.Kind.BENIGN).sum();
    return right / (right + wrong);
  }
}
