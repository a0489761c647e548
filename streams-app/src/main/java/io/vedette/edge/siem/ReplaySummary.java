package io.vedette.edge.siem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay did.
 *
 * @param exchanges exchanges that reached the detectors
 * @param lines lines read
 * @param deadLetters lines that could not be read
 * @param firstTimeMicros earliest event time, null without exchanges
 * @param lastTimeMicros latest event time, null without exchanges
 * @param wallSeconds how long it took
 * @param findingsByDetector findings by detector id
 * @param incidentsByDetector opened incidents by detector id; one that several detectors opened
 *     counts for each
 * @param shadowIncidentsByDetector incidents that detectors in shadow would have opened, for all of
 *     them
 * @param callers callers seen
 * @param models model versions seen
 * @param configHash hash of the settings that decide what is found
 * @param version version of the program
 */
public record ReplaySummary(
    long exchanges,
    long lines,
    long deadLetters,
    @Nullable Long firstTimeMicros,
    @Nullable Long lastTimeMicros,
    double wallSeconds,
    Map<String, Long> findingsByDetector,
    Map<String, Long> incidentsByDetector,
    Map<String, Long> shadowIncidentsByDetector,
    long callers,
    long models,
    String configHash,
    String version) {

  /** Exchanges per second of wall time, 0 when none was measured. */
  public double exchangesPerSecond() {
    return wallSeconds > 0 ? exchanges / wallSeconds : 0;
  }
}
