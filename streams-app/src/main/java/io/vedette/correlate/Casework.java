package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Incident.Activity;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Scope;
import io.vedette.core.Technique;
import io.vedette.core.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of one case: when its incident opens, speaks again, closes and opens again. */
final class Casework {

  /*
   * An incident opens when the evidence of a scope passes that scope's threshold. With alpha =
   * alerting.falseAlarmsPerCallerDay, each of the three scopes has alpha / 3:
   *
   *   caller: 3 / alpha;  cell: 3 cells / alpha;  model: 3 / alpha.
   *
   * A campaign that is open also hears what detectors say of its members. That is as many
   * hypotheses as there are detectors and members, so it is held against 3 d m / alpha.
   *
   * When it speaks again, and how long a silence closes it, says Budget. It closes after silence, by
   * a verdict, or into a campaign. Within reopenMicros its subject opens
   * the same incident again: when it has escalated beyond what was told, by evidence, severity,
   * detector or stage; after silence also when evidence passes the threshold anew, that of one
   * finding or all of it. A weak finding that adds nothing opens none: the ledger may stand above
   * the threshold all day.
   *
   * Ids are hashes of subject and opening time, so a replay after a crash gives the same ids.
   */

  private static final int LONGEST_ANALYST = 64;

  private final Alerting alerting;
  private final Budget budget;
  private final int callerDetectors;
  private final Map<String, Advice> advice;

  Casework(Alerting alerting, int callerDetectors, Map<String, Advice> advice) {
    this.alerting = alerting;
    this.budget = new Budget(alerting);
    this.callerDetectors = Math.max(1, callerDetectors);
    this.advice = Map.copyOf(advice);
  }

  /**
   * Takes a finding into a case, unless the case knows it, it belongs to a day that is over, or an
   * exception keeps it out.
   *
   * @param key of the case, which its incident's id is made of
   * @param member true when the finding is about a member of the campaign that the case is of
   * @param group the accounts and incidents that the finding brings to the case
   */
  void observe(
      String key, Case c, Finding finding, boolean member, Group group, Consumer<Incident> out) {
    if (c.read.isBehind(group.at(), finding.timeMicros())) {
      return;
    }
    if (hides(c, finding)) {
      c.suppressed += c.counted.add(finding) ? 1 : 0;
      return;
    }
    boolean below = excess(c.ledger) < 0;
    if (!c.ledger.add(finding, member)) {
      return;
    }
    double excess = excess(c.ledger);
    if (c.open) {
      int before = Budget.reserve(c);
      boolean news = take(c, finding, group, excess);
      List<Case> joined = absorb(c, group);
      boolean raised = Budget.reserve(c) < before;
      if (raised || budget.isDue(c, finding.timeMicros(), news || !joined.isEmpty())) {
        c.beats += budget.beats(c, finding.timeMicros()) ? 1 : 0;
        speak(c, Activity.UPDATE, finding.timeMicros(), null, out);
      }
      close(joined, c, finding.timeMicros(), out);
    } else if (excess >= 0) {
      boolean anew = below || strong(finding) || excess > c.excess;
      appear(key, c, finding, group, excess, anew, out);
    }
  }

  /** Keeps the evidence of a finding that speaks in another case. */
  void keep(Case c, Finding finding) {
    if (!Exceptions.hides(finding)) {
      c.ledger.add(finding, false);
    }
  }

  /**
   * True for a finding that an exception keeps from this case. What the analyst could not judge is
   * not covered: a stage that the judged incident did not have, or a higher severity.
   */
  boolean hides(Case c, Finding finding) {
    return Exceptions.hides(finding)
        && !c.judged.isExceededBy(finding, Weight.severity(finding, alerting));
  }

  /** True while only an escalation opens the incident of a case again. */
  boolean isJudged(Case c, long nowMicros) {
    return !c.open && c.verdict != null && nowMicros - c.closedAtMicros <= alerting.reopenMicros();
  }

  /** True when an analyst has said that the incident of a case was nothing, and it is closed. */
  boolean isCleared(Case c) {
    return !c.open && ResponsePolicy.lifted(c.verdict);
  }

  /** log10 of the evidence above its threshold, of the scope that is most above. */
  private double excess(Ledger ledger) {
    double members = Math.log10((double) callerDetectors * Links.MOST_MEMBERS);
    double caller = ledger.caller(callerDetectors) - alerting.threshold();
    double cell = ledger.most(Scope.CELL) - alerting.cellThreshold();
    double model = ledger.most(Scope.MODEL) - alerting.threshold();
    double member = ledger.most(Scope.CALLER) - alerting.threshold() - members;
    return Math.max(Math.max(caller, cell), Math.max(model, member));
  }

  /** True when the finding alone passes the threshold of its own scope. */
  boolean strong(Finding finding) {
    return strength(finding) >= 0;
  }

  private double strength(Finding finding) {
    double threshold =
        finding.scope() == Scope.CELL ? alerting.cellThreshold() : alerting.threshold();
    return finding.logEvidence() - threshold;
  }

  private void appear(
      String key,
      Case c,
      Finding finding,
      Group group,
      double excess,
      boolean anew,
      Consumer<Incident> out) {
    long time = finding.timeMicros();
    boolean known = !c.incidentId.isEmpty() && time - c.closedAtMicros <= alerting.reopenMicros();
    if (!known) {
      c.clear();
      c.open = true;
      c.slow = finding.scope() == Scope.MODEL && finding.principals().isEmpty();
      c.openedAtMicros = time;
      c.exchanges = finding.exchanges();
      c.incidentId = id(key, time);
      take(c, finding, group, excess);
      open(c, Activity.CREATE, group, time, out);
      return;
    }
    int before = Budget.reserve(c);
    boolean news = take(c, finding, group, excess);
    boolean escalated = news || Budget.reserve(c) < before || budget.isGrown(c);
    if (escalated || (c.verdict == null && anew)) {
      c.open = true;
      c.reopened++;
      c.joinedCampaign = null;
      open(c, Activity.UPDATE, group, time, out);
    }
  }

  /** Takes in what joins, speaks of all at once, and closes what joined. */
  private void open(
      Case c, Activity activity, Group group, long timeMicros, Consumer<Incident> out) {
    List<Case> joined = absorb(c, group);
    speak(c, activity, timeMicros, null, out);
    close(joined, c, timeMicros, out);
  }

  private static List<Case> absorb(Case campaign, Group group) {
    List<Case> joining = group.joining().get();
    joining.forEach(campaign::absorb);
    return joining;
  }

  private void close(List<Case> joined, Case campaign, long nowMicros, Consumer<Incident> out) {
    for (Case member : joined) {
      member.joinedCampaign = campaign.incidentId;
      close(member, nowMicros, "joined campaign " + campaign.incidentId, out);
    }
  }

  /** Takes over evidence and facts; true when a detector is new. */
  private boolean take(Case c, Finding finding, Group group, double excess) {
    c.peak = Math.max(c.peak, Math.max(c.ledger.caller(callerDetectors), c.ledger.other()));
    c.excess = c.findings == 0 ? excess : Math.max(c.excess, excess);
    return c.merge(finding, group, Weight.severity(finding, alerting), strength(finding));
  }

  long nextDueMicros(Case c) {
    return c.open ? c.lastSeenMicros + budget.silenceMicros(c) : Long.MAX_VALUE;
  }

  /** Closes after silence; false when it is not yet due. */
  boolean tick(Case c, long nowMicros, Consumer<Incident> out) {
    long due = nextDueMicros(c);
    if (nowMicros < due) {
      return false;
    }
    close(c, due, "no further finding", out);
    return true;
  }

  /** Takes a verdict in; false when it is an old one. */
  boolean judge(Case c, Verdict verdict, Consumer<Incident> out) {
    if (verdict.kind() == Verdict.Kind.UNKNOWN || verdict.timeMicros() <= c.verdictAtMicros) {
      return false;
    }
    c.verdict = verdict.kind();
    c.verdictAtMicros = verdict.timeMicros();
    c.judged.take(c);
    c.updates = 0; // what comes after a human act is a story of its own
    c.beats = 0;
    String analyst = verdict.analyst();
    String who = analyst.substring(0, Math.min(LONGEST_ANALYST, analyst.length()));
    String judged = verdict.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    long now = Math.max(verdict.timeMicros(), c.lastActivityMicros);
    close(c, now, "judged " + judged + " by " + who, out);
    return true;
  }

  private void close(Case c, long nowMicros, String reason, Consumer<Incident> out) {
    c.open = false;
    c.closedAtMicros = nowMicros;
    speak(c, Activity.CLOSE, nowMicros, reason, out);
  }

  private void speak(
      Case c, Activity activity, long atMicros, @Nullable String reason, Consumer<Incident> out) {
    // Findings come late; what an incident says next is never earlier than what it said last.
    long timeMicros =
        activity == Activity.CREATE ? atMicros : Math.max(atMicros, c.lastActivityMicros);
    c.sequence += activity == Activity.CREATE ? 0 : 1;
    c.updates += activity == Activity.UPDATE ? 1 : 0;
    c.lastActivityMicros = timeMicros;
    c.told = c.peak;
    c.toldFindings = c.findings;
    c.toldMembers = c.members;
    out.accept(incident(c, activity, timeMicros, reason));
  }

  private Incident incident(Case c, Activity activity, long timeMicros, @Nullable String reason) {
    double confidence = Weight.confidence(c.excess);
    List<Technique> techniques =
        c.techniques.entrySet().stream().map(e -> new Technique(e.getKey(), e.getValue())).toList();
    Advice words = advice.getOrDefault(c.speaker, Advice.NONE);
    return new Incident(
        c.incidentId,
        activity,
        c.sequence,
        timeMicros,
        c.openedAtMicros,
        c.firstSeenMicros,
        c.lastSeenMicros,
        c.tenant,
        List.copyOf(c.principals),
        c.model,
        c.detectorsInOrder(),
        techniques,
        c.severity,
        confidence,
        Weight.risk(c.severity, confidence, KillChain.chain(c.stages)),
        c.peak,
        c.exchanges,
        title(c, words),
        c.summary,
        c.evidence,
        c.samples,
        reason,
        new IncidentDetails(
            c.findings,
            c.suppressed,
            c.members,
            c.reopened,
            c.stagesInOrder(),
            c.joinedCampaign,
            List.copyOf(c.joined),
            c.verdict,
            words.checked(),
            words.nextSteps(),
            words.runbook()));
  }

  private static String title(Case c, Advice words) {
    String who =
        c.members == 0
            ? ""
            : c.members == 1 && !c.principals.isEmpty()
                ? " by " + c.principals.first()
                : String.format(Locale.ROOT, " by %d accounts", c.members);
    return words.title() + who + " on " + c.model;
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
