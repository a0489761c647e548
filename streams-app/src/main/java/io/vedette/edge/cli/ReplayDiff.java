package io.vedette.edge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the incidents of two replays differ: which appear, vanish or move.
 *
 * <p>An incident of one run is that of the other when tenant and model are the same, an account
 * belongs to both (for a model's own incidents: a detector does), and less than a day lies between
 * them. Of several, the one that overlaps, then the one with most members in common, then the one
 * that opened at the nearest time. Ids are not looked at: they change with the opening time.
 */
public final class ReplayDiff {

  private static final Duration MOST_APART = Duration.ofDays(1);
  private static final Comparator<Moved> NEAREST =
      Comparator.<Moved, Duration>comparing(m -> m.a().apart(m.b()))
          .thenComparing(m -> -m.a().shared(m.b()))
          .thenComparing(m -> m.later().abs())
          .thenComparing(m -> m.a().id)
          .thenComparing(m -> m.b().id);

  final PastRun a;
  final PastRun b;
  final List<PastIncident> appeared = new ArrayList<>();
  final List<PastIncident> vanished = new ArrayList<>();
  final List<Moved> moved = new ArrayList<>();
  final int same;

  private ReplayDiff(PastRun a, PastRun b) {
    this.a = a;
    this.b = b;
    List<Moved> pairs = pairs(a.incidents(), b.incidents());
    Set<PastIncident> paired = new HashSet<>();
    pairs.forEach(
        pair -> {
          paired.add(pair.a());
          paired.add(pair.b());
        });
    a.incidents().stream().filter(i -> !paired.contains(i)).forEach(vanished::add);
    b.incidents().stream().filter(i -> !paired.contains(i)).forEach(appeared::add);
    pairs.stream()
        .filter(pair -> !pair.same())
        .sorted(Comparator.comparing((Moved m) -> m.a().openedAt).thenComparing(m -> m.a().id))
        .forEach(moved::add);
    same = pairs.size() - moved.size();
  }

  /**
   * Compares what two replays wrote.
   *
   * @throws IOException when one of the directories does not hold a replay's results
   */
  public static ReplayDiff of(Path a, Path b) throws IOException {
    return new ReplayDiff(PastRun.read(a), PastRun.read(b));
  }

  /** True when every incident is in both and none moved. */
  public boolean same() {
    return appeared.isEmpty() && vanished.isEmpty() && moved.isEmpty();
  }

  /** For people. */
  public String text() {
    return DiffText.text(this);
  }

  /**
   * For scripts: one JSON object, ended by a line feed.
   *
   * @throws IOException never, as trees can be written
   */
  public String json() throws IOException {
    return TerminalJson.line(DiffText.json(this));
  }

  /** The nearest first, each incident once. */
  private static List<Moved> pairs(Collection<PastIncident> a, Collection<PastIncident> b) {
    Map<String, List<PastIncident>> bySubject = new HashMap<>();
    for (PastIncident incident : b) {
      for (String subject : subjects(incident)) {
        bySubject.computeIfAbsent(subject, k -> new ArrayList<>()).add(incident);
      }
    }
    Set<Moved> candidates = new LinkedHashSet<>();
    for (PastIncident incident : a) {
      for (String subject : subjects(incident)) {
        for (PastIncident other : bySubject.getOrDefault(subject, List.of())) {
          if (incident.apart(other).compareTo(MOST_APART) < 0) {
            candidates.add(new Moved(incident, other));
          }
        }
      }
    }
    Set<PastIncident> taken = new HashSet<>();
    List<Moved> pairs = new ArrayList<>();
    for (Moved pair : candidates.stream().sorted(NEAREST).toList()) {
      if (!taken.contains(pair.a()) && !taken.contains(pair.b())) {
        taken.add(pair.a());
        taken.add(pair.b());
        pairs.add(pair);
      }
    }
    return pairs;
  }

  /** What an incident must have in common with another, one of them. */
  private static List<String> subjects(PastIncident incident) {
    String where = incident.tenant.length() + "|" + incident.tenant + '|' + incident.model + '|';
    return incident.principals.isEmpty()
        ? incident.detectors.stream().map(detector -> where + "detector|" + detector).toList()
        : incident.principals.stream().map(name -> where + "account|" + name).toList();
  }
}
