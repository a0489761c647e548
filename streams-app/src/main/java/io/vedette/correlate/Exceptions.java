package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Severity;
import io.vedette.core.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The exceptions in force: which findings open no incident, because an analyst said so. */
public final class Exceptions {

  /*
   * A verdict FALSE_POSITIVE or BENIGN with a scope and an end is an exception. The last verdict on an
   * incident counts, so another one lifts it. A finding is covered when its event time lies before the
   * end and not more than an hour before the verdict: what the service still works off is meant too,
   * a replay of last month is not. An end later than longestMicros after the verdict counts as that.
   *
   * Never covered: severity CRITICAL and deterministic evidence. A scope that names neither account
   * nor model nor detector would blind a whole tenant; it makes no exception. Of more than 1,000
   * exceptions the ones that end last count.
   */

  private static final int MOST = 1_000;
  private static final long LEAD = 3_600_000_000L;

  private final long longestMicros;
  private final TreeMap<String, Verdict> byIncident = new TreeMap<>();

  /** No exceptions yet. */
  public Exceptions(long longestMicros) {
    this.longestMicros = longestMicros;
  }

  /** Takes a verdict in; it ends what an earlier one on the same incident had excepted. */
  public void take(Verdict verdict) {
    byIncident.remove(verdict.incidentId());
    if (!excepts(verdict)) {
      return;
    }
    byIncident.put(verdict.incidentId(), verdict);
    if (byIncident.size() > MOST) {
      byIncident.entrySet().stream()
          .min(Map.Entry.comparingByValue((a, b) -> Long.compare(end(a), end(b))))
          .ifPresent(first -> byIncident.remove(first.getKey()));
    }
  }

  /** The finding, marked with the verdict whose exception it falls under, if it does. */
  public Finding marked(Finding finding) {
    if (byIncident.isEmpty() || beyond(finding)) {
      return finding;
    }
    for (Verdict verdict : byIncident.values()) {
      if (covers(verdict, finding)) {
        return finding.with(Finding.EXCEPTION, verdict.incidentId());
      }
    }
    return finding;
  }

  /** True for a finding that an exception keeps from opening an incident. */
  static boolean hides(Finding finding) {
    return finding.attributes().containsKey(Finding.EXCEPTION) && !beyond(finding);
  }

  /** True for findings that no exception may hide. */
  private static boolean beyond(Finding finding) {
    return finding.severity() == Severity.CRITICAL || Double.isInfinite(finding.logEvidence());
  }

  private static boolean excepts(Verdict verdict) {
    Verdict.Reach scope = verdict.scope();
    boolean harmless =
        verdict.kind() == Verdict.Kind.FALSE_POSITIVE || verdict.kind() == Verdict.Kind.BENIGN;
    return harmless
        && verdict.untilMicros() != null
        && scope != null
        && (scope.principal() != null || scope.model() != null || scope.detector() != null);
  }

  private long end(Verdict verdict) {
    Long until = verdict.untilMicros();
    return until == null ? Long.MIN_VALUE : Math.min(until, verdict.timeMicros() + longestMicros);
  }

  private boolean covers(Verdict verdict, Finding finding) {
    Verdict.Reach scope = verdict.scope();
    return scope != null
        && finding.timeMicros() < end(verdict)
        && finding.timeMicros() >= verdict.timeMicros() - LEAD
        && scope.tenant().equals(finding.tenant())
        && matches(scope.model(), finding.model().name())
        && matches(scope.detector(), finding.detector())
        && accounts(scope.principal(), finding);
  }

  private static boolean matches(@Nullable String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }

  /** A finding about several accounts is covered only when it names no other. */
  private static boolean accounts(@Nullable String wanted, Finding finding) {
    if (wanted == null) {
      return true;
    }
    List<String> named = finding.principals();
    return finding.principal() != null
        ? wanted.equals(finding.principal())
        : !named.isEmpty() && named.stream().allMatch(wanted::equals);
  }
}
