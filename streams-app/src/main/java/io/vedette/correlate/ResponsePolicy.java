package io.vedette.correlate;

import io.vedette.core.Action;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is recommended to gateways about the members of an incident, by its confidence.
 *
 * @param detectors detectors whose incidents give advice; empty for none
 * @param lastsMicros advice lapses after this long, above 0
 * @param from least confidence of each kind, 0..1; kinds that are not named are never recommended
 */
public record ResponsePolicy(
    Set<String> detectors, long lastsMicros, Map<Action.Kind, Double> from) {

  /*
   * A Create or Update gives each member the strictest kind that its confidence reaches, and moves
   * the expiry on. A verdict that nothing was wrong lifts all that the incident advised, whomever it
   * names by then. A Close after silence lifts nothing: the advice lapses. An incident that went into
   * a campaign leaves its advice to the campaign, and a verdict on the campaign lifts it too, unless
   * that incident spoke again later than the last finding of the campaign. An account that has turned
   * out to be a hub is named no longer: the next Update lifts what was advised about it.
   *
   * An incident gives advice when any of its detectors is listed. An account has one piece of advice
   * at a time. While it holds, no word makes it milder: the stricter kind stays, up to the expiry that
   * it had, and when they are about different models it becomes one for all models. It stays the
   * stricter incident's, and only a verdict on that one lifts it, or one on the campaign that it went
   * into; what the milder one advises comes with its next word after the expiry.
   *
   * A group with no tenant may be one over several tenants. Its accounts are named without theirs, so
   * advice would be about nobody, or about the wrong one: there is none. Names do not tell, since two
   * tenants may have accounts of one name; the number of members does.
   */

  /** Recommends nothing. */
  public static final ResponsePolicy OFF = new ResponsePolicy(Set.of(), 1, Map.of());

  /** Copies its parts. */
  public ResponsePolicy {
    detectors = Set.copyOf(detectors);
    from = Collections.unmodifiableMap(copy(from));
  }

  private static Map<Action.Kind, Double> copy(Map<Action.Kind, Double> from) {
    Map<Action.Kind, Double> copy = new EnumMap<>(Action.Kind.class);
    copy.putAll(from);
    return copy;
  }

  /**
   * Advice on its way to a gateway.
   *
   * @param key {@code tenant|principal}
   * @param action the advice, null to lift what was advised
   */
  public record Advised(String key, @Nullable Action action) {}

  /** What was advised last about each account. */
  public interface Known {

    /**
     * The last advice on an account, lapsed or not; null for none.
     *
     * @param key {@code tenant|principal}
     */
    @Nullable Action find(String key);

    /**
     * The last advice on each account of which one of some incidents is the reason, lapsed or not.
     *
     * @param incidentIds ids of the incidents
     */
    List<Action> advisedBy(Set<String> incidentIds);
  }

  /** The advice that an activity of an incident gives, one for each named member. */
  public List<Advised> advise(Incident incident, Known known) {
    if (incident.activity() == Activity.CLOSE) {
      return lifted(incident.details().verdict()) ? lift(advised(incident, known)) : List.of();
    }
    int members = Math.max(incident.principals().size(), incident.details().members());
    boolean severalTenants = incident.tenant().isEmpty() && members > 1;
    if (severalTenants || incident.detectors().stream().noneMatch(detectors::contains)) {
      return List.of();
    }
    List<Advised> all = new ArrayList<>(lift(unnamed(incident, known)));
    Action.Kind kind = kind(incident.confidence());
    if (kind != null) {
      all.addAll(give(incident, kind, known));
    }
    return all;
  }

  /** The incident and those that went into it. */
  private static Set<String> reasons(Incident incident) {
    Set<String> ids = new TreeSet<>(incident.details().joined());
    ids.add(incident.incidentId());
    return ids;
  }

  /**
   * What the incident has advised, and those that went into it. Of these the last finding of the
   * incident is the last word that it stands for: they may have opened again since.
   */
  private static List<Action> advised(Incident incident, Known known) {
    return known.advisedBy(reasons(incident)).stream()
        .filter(
            a ->
                a.incidentId().equals(incident.incidentId())
                    || a.issuedAtMicros() <= incident.lastSeenMicros())
        .toList();
  }

  /**
   * What was advised about accounts that the incident names no longer. A full incident may leave
   * out members of those that went into it for want of room; its own go only when they are hubs.
   * Advice from after its last finding is of a run that a crash has undone, and is given again.
   */
  private static List<Action> unnamed(Incident incident, Known known) {
    boolean full = incident.details().members() >= Case.MOST_PRINCIPALS;
    Set<String> ids = full ? Set.of(incident.incidentId()) : reasons(incident);
    return known.advisedBy(ids).stream()
        .filter(a -> !incident.principals().contains(a.principal()))
        .filter(a -> a.issuedAtMicros() <= incident.lastSeenMicros())
        .toList();
  }

  /** True for verdicts that say that nothing was wrong. */
  static boolean lifted(Verdict.@Nullable Kind verdict) {
    return verdict == Verdict.Kind.FALSE_POSITIVE
        || verdict == Verdict.Kind.BENIGN
        || verdict == Verdict.Kind.TEST;
  }

  private Action.@Nullable Kind kind(double confidence) {
    Action.Kind strictest = null;
    for (Map.Entry<Action.Kind, Double> entry : from.entrySet()) {
      if (confidence >= entry.getValue()) {
        strictest = entry.getKey();
      }
    }
    return strictest;
  }

  private static List<Advised> lift(List<Action> advised) {
    return advised.stream()
        .map(a -> new Advised(a.tenant() + '|' + a.principal(), null))
        .sorted(Comparator.comparing(Advised::key))
        .toList();
  }

  private List<Advised> give(Incident incident, Action.Kind kind, Known known) {
    List<Advised> all = new ArrayList<>();
    Set<String> reasons = reasons(incident);
    for (String principal : incident.principals()) {
      String key = incident.tenant() + '|' + principal;
      Action fresh =
          new Action(
              incident.tenant(),
              principal,
              incident.model(),
              kind,
              incident.incidentId(),
              incident.confidence(),
              incident.timeMicros(),
              incident.timeMicros() + lastsMicros);
      Action last = known.find(key);
      Action action =
          last != null && last.untilMicros() > fresh.issuedAtMicros()
              ? beside(last, fresh, reasons)
              : fresh;
      all.add(new Advised(key, action));
    }
    return all;
  }

  /**
   * Fresh advice, while the last one holds: never milder. A stricter kind of an incident that went
   * into the one that speaks is that one's from now on. Milder words do not prolong it.
   *
   * @param reasons the incident that speaks, and those that went into it
   */
  private static Action beside(Action last, Action fresh, Set<String> reasons) {
    boolean stricter = last.kind().compareTo(fresh.kind()) > 0;
    Action kept = stricter ? last : fresh;
    Action reason = reasons.contains(kept.incidentId()) ? fresh : kept;
    return new Action(
        fresh.tenant(),
        fresh.principal(),
        Objects.equals(last.model(), fresh.model()) ? fresh.model() : null,
        kept.kind(),
        reason.incidentId(),
        reason.confidence(),
        Math.max(last.issuedAtMicros(), fresh.issuedAtMicros()),
        stricter ? last.untilMicros() : Math.max(last.untilMicros(), fresh.untilMicros()));
  }
}
