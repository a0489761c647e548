package io.vedette.edge.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * One incident in two runs.
 *
 * @param a in the first run
 * @param b in the second run
 */
record Moved(PastIncident a, PastIncident b) {

  /** Queries of the subject by which it opens later; negative for earlier. */
  long queries() {
    return b.exchanges - a.exchanges;
  }

  /** Stream time by which it opens later; negative for earlier. */
  Duration later() {
    return Duration.between(a.openedAt, b.openedAt);
  }

  List<String> detectorsAdded() {
    return without(b.detectors, a.detectors);
  }

  List<String> detectorsRemoved() {
    return without(a.detectors, b.detectors);
  }

  List<String> membersAdded() {
    return without(b.principals, a.principals);
  }

  List<String> membersRemoved() {
    return without(a.principals, b.principals);
  }

  /** True when nothing that an analyst acts on differs. */
  boolean same() {
    return queries() == 0
        && later().isZero()
        && a.severity.equals(b.severity)
        && a.detectors.equals(b.detectors)
        && a.principals.equals(b.principals)
        && a.members == b.members;
  }

  private static List<String> without(Collection<String> all, Collection<String> those) {
    return all.stream().filter(name -> !those.contains(name)).toList();
  }
}
