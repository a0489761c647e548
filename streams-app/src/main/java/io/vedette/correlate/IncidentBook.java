package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.Maturity;
import io.vedette.core.Scope;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.io.DataInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Weighs findings and opens, updates and closes incidents: a pure state machine per subject. */
public final class IncidentBook implements Book<Case> {

  /*
   * An incident opens when the fused evidence of its scope passes that scope's threshold. With
   * alpha = alerting.falseAlarmsPerCallerDay, each of the three scopes has alpha / 3:
   *
   *   caller: 3 / alpha;  cell: 3 cells / alpha;  model: 3 / alpha.
   *
   * Updates come only when the evidence has grown tenfold at least (by a quarter of its decades once
   * those are many), a member or detector joins, or a heartbeat is due while findings come. Ids are
   * hashes of subject and opening time, so a replay after a crash gives the same ids.
   */

  private static final int SCOPES = 3;
  private static final int SLOW = 24; // times closeAfter, for incidents of a model

  private final Alerting alerting;
  private final int callerDetectors;

  /**
   * Creates a book.
   *
   * @param callerDetectors detectors that report on callers, each weighing the same
   */
  public IncidentBook(Alerting alerting, int callerDetectors) {
    this.alerting = alerting;
    this.callerDetectors = Math.max(1, callerDetectors);
  }

  @Override
  public String key(Finding finding) {
    String model = finding.model().name();
    if (isOfTheModel(finding)) {
      return "model|" + model + '|' + finding.detector();
    }
    String principal = finding.principal();
    return principal == null
        ? "cells|" + finding.tenant() + '|' + model
        : "caller|" + finding.tenant() + '|' + principal + '|' + model;
  }

  /** A finding over all callers that accuses none of them. */
  private static boolean isOfTheModel(Finding finding) {
    return finding.scope() == Scope.MODEL && finding.principals().isEmpty();
  }

  @Override
  public Case create() {
    return new Case();
  }

  @Override
  public Case read(DataInput in) throws IOException {
    return Case.read(in);
  }

  @Override
  public void observe(Case state, Finding finding, Consumer<Incident> out) {
    if (finding.maturity() != Maturity.STABLE || !state.ledger.add(finding)) {
      return;
    }
    double caller = state.ledger.caller(callerDetectors);
    double other = state.ledger.other();
    double evidence = Math.max(caller, other);
    if (state.isOpen()) {
      update(state, finding, evidence, out);
    } else if (caller >= callerThreshold() || other >= otherThreshold(finding.scope())) {
      open(state, finding, evidence, out);
    }
  }

  private double callerThreshold() {
    return Math.log10(SCOPES / alerting.falseAlarmsPerCallerDay());
  }

  private double otherThreshold(Scope scope) {
    double cells = scope == Scope.CELL ? alerting.cells() : 1;
    return callerThreshold() + Math.log10(cells);
  }

  private void open(Case state, Finding finding, double evidence, Consumer<Incident> out) {
    state.slow = isOfTheModel(finding);
    state.sequence = 0;
    state.openedAtMicros = finding.timeMicros();
    state.firstSeenMicros = finding.firstSeenMicros();
    state.lastSeenMicros = finding.timeMicros();
    state.exchanges = finding.exchanges();
    state.incidentId = id(key(finding), finding.timeMicros());
    state.merge(finding);
    emit(state, Activity.CREATE, finding.timeMicros(), evidence, null, out);
  }

  private void update(Case state, Finding finding, double evidence, Consumer<Incident> out) {
    Severity before = state.severity;
    boolean grown = state.merge(finding);
    boolean escalated =
        grown
            || state.severity != before
            || evidence >= state.reported + Math.max(1, state.reported / 4);
    boolean heartbeat =
        finding.timeMicros() - state.lastActivityMicros >= alerting.heartbeatMicros();
    if (escalated || heartbeat) {
      state.sequence++;
      emit(state, Activity.UPDATE, finding.timeMicros(), evidence, null, out);
    }
  }

  @Override
  public long nextDueMicros(Case state) {
    long silence = alerting.closeAfterMicros() * (state.slow ? SLOW : 1);
    return state.isOpen() ? state.lastSeenMicros + silence : Long.MAX_VALUE;
  }

  @Override
  public long lastMicros(Case state) {
    return state.isOpen() ? state.lastSeenMicros : Long.MIN_VALUE;
  }

  @Override
  public void tick(Case state, long nowMicros, Consumer<Incident> out) {
    if (nowMicros < nextDueMicros(state)) {
      return;
    }
    long due = nextDueMicros(state);
    state.sequence++;
    emit(state, Activity.CLOSE, due, state.reported, "no further finding", out);
    state.close();
  }

  private void emit(
      Case state,
      Activity activity,
      long timeMicros,
      double evidence,
      @Nullable String reason,
      Consumer<Incident> out) {
    state.reported = evidence;
    state.lastActivityMicros = timeMicros;
    double confidence = confidence(evidence);
    List<Technique> techniques =
        state.techniques.entrySet().stream()
            .map(e -> new Technique(e.getKey(), e.getValue()))
            .toList();
    out.accept(
        new Incident(
            state.incidentId,
            activity,
            state.sequence,
            timeMicros,
            state.openedAtMicros,
            state.firstSeenMicros,
            state.lastSeenMicros,
            state.tenant,
            List.copyOf(state.principals),
            state.model,
            List.copyOf(state.detectors),
            techniques,
            state.severity,
            confidence,
            risk(state.severity, confidence),
            evidence,
            state.exchanges,
            title(state),
            state.summary,
            state.evidence,
            state.samples,
            reason));
  }

  /** Posterior probability of an attack at prior odds of one allowed false alarm. */
  private double confidence(double log10) {
    double odds = Math.pow(10, Math.min(30, log10)) * alerting.falseAlarmsPerCallerDay();
    return Math.round(1e4 * odds / (1 + odds)) / 1e4;
  }

  /** Severity sets the level (20 a step), confidence the upper half of it. */
  private static double risk(Severity severity, double confidence) {
    return Math.round(10 * severity.level() * 20 * (0.5 + 0.5 * confidence)) / 10.0;
  }

  private static String title(Case state) {
    String what =
        switch (state.detectors.first()) {
          case "extraction" -> "Model extraction";
          case "evasion" -> "Black-box evasion";
          case "inversion" -> "Model inversion";
          case "membership" -> "Membership inference";
          case "drift" -> "Drift";
          default -> "Suspicious traffic";
        };
    String who =
        state.principals.isEmpty()
            ? ""
            : state.principals.size() == 1
                ? " by " + state.principals.first()
                : String.format(Locale.ROOT, " by %d accounts", state.principals.size());
    return what + who + " on " + state.model;
  }

  private static String id(String key, long timeMicros) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((key + '@' + timeMicros).getBytes(StandardCharsets.UTF_8));
      String hex = new BigInteger(1, Arrays.copyOf(digest, 8)).toString(16);
      return "inc-" + "0".repeat(16 - hex.length()) + hex;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
