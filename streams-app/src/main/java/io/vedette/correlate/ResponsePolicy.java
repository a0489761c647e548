package io.vedette.correlate;

import io.vedette.core.Action;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
   * the expiry on. A verdict that nothing was wrong lifts it. A Close after silence lifts nothing:
   * the advice lapses. An incident that went into a campaign leaves the advice to the campaign.
   *
   * An incident gives advice when any of its detectors is listed. An account has one piece of advice
   * at a time. While that of one incident holds, the word of another one cannot make it milder: the
   * stricter kind stays, and when they are about different models it becomes one for all models. It
   * is the stricter incident's, and only a verdict on that one lifts it; what the other one advises
   * comes with its next word.
   *
   * A group with no tenant may be one over several tenants. Its accounts are named without theirs, so
   * advice would be about nobody, or about the wrong one: there is none.
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

  /** What was advised last about an account. */
  @FunctionalInterface
  public interface Known {

    /**
     * The last advice on an account, lapsed or not; null for none.
     *
     * @param key {@code tenant|principal}
     */
    @Nullable Action find(String key);
  }

  /** The advice that an activity of an incident gives, one for each named member. */
  public List<Advised> advise(Incident incident, Known known) {
    boolean tenants = incident.tenant().isEmpty() && incident.principals().size() > 1;
    if (tenants || incident.detectors().stream().noneMatch(detectors::contains)) {
      return List.of();
    }
    if (incident.activity() == Activity.CLOSE) {
      return lifted(incident.details().verdict()) ? lift(incident, known) : List.of();
    }
    Action.Kind kind = kind(incident.confidence());
    return kind == null ? List.of() : give(incident, kind, known);
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

  private static List<Advised> lift(Incident incident, Known known) {
    List<Advised> all = new ArrayList<>();
    for (String principal : incident.principals()) {
      String key = incident.tenant() + '|' + principal;
      Action last = known.find(key);
      if (last != null && last.incidentId().equals(incident.incidentId())) {
        all.add(new Advised(key, null));
      }
    }
    return all;
  }

  private List<Advised> give(Incident incident, Action.Kind kind, Known known) {
    List<Advised> all = new ArrayList<>();
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
      all.add(new Advised(key, last == null || lapsed(last, fresh) ? fresh : beside(last, fresh)));
    }
    return all;
  }

  private static boolean lapsed(Action last, Action fresh) {
    return last.untilMicros() <= fresh.issuedAtMicros();
  }

  /** Fresh advice, while the last one holds: never milder than that of another incident. */
  private static Action beside(Action last, Action fresh) {
    boolean stricter =
        last.kind().compareTo(fresh.kind()) > 0 && !last.incidentId().equals(fresh.incidentId());
    Action reason = stricter ? last : fresh;
    return new Action(
        fresh.tenant(),
        fresh.principal(),
        Objects.equals(last.model(), fresh.model()) ? fresh.model() : null,
        reason.kind(),
        reason.incidentId(),
        reason.confidence(),
        fresh.issuedAtMicros(),
        Math.max(last.untilMicros(), fresh.untilMicros()));
  }
}
