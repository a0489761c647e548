package io.vedette.stream;

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

  DetectorCounters() {}
}
