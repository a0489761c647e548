package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.Verdict;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings each finding to its case: of a caller, of a campaign of callers, or of a model. */
public final class IncidentBook implements Book<Page> {

  /*
   * Findings about one caller go to the caller's case; those about a group of callers to that of its
   * campaign (Links); those about a model alone to the model's. While the incident of a campaign is
   * open, findings about its members go there too, and incidents that members had are closed into it:
   * one incident per campaign, not one per account. The campaign has a ledger of its own, in which the
   * evidence against its members is held against their number.
   *
   * All findings about a model meet in one task, because campaigns cross callers. There are few
   * findings, so that is no bottleneck.
   */

  private final Alerting alerting;
  private final Casework casework;

  /**
   * Creates a book that gives no advice.
   *
   * @param callerDetectors detectors that report on callers, weighed by {@link Prior}
   */
  public IncidentBook(Alerting alerting, int callerDetectors) {
    this(alerting, callerDetectors, Map.of());
  }

  /**
   * Creates a book.
   *
   * @param callerDetectors detectors that report on callers, weighed by {@link Prior}
   * @param advice what incidents tell their readers, by detector
   */
  public IncidentBook(Alerting alerting, int callerDetectors, Map<String, Advice> advice) {
    this.alerting = alerting;
    this.casework = new Casework(alerting, callerDetectors, advice);
  }

  @Override
  public String meeting(Finding finding) {
    return finding.model().name();
  }

  @Override
  public Page create() {
    return new Page();
  }

  @Override
  public Page read(DataInput in) throws IOException {
    return Page.read(in);
  }

  @Override
  public void observe(Finding finding, Cases<Page> cases, Consumer<Incident> out) {
    if (finding.maturity() != Maturity.STABLE) {
      return;
    }
    String principal = finding.principal();
    if (principal != null) {
      ofCaller(finding, principal, cases, out);
    } else if (finding.principals().isEmpty()) {
      String key = "model|" + finding.model().name() + '|' + finding.detector();
      casework.observe(key, cases.get(key).subject(), finding, false, out);
    } else {
      ofGroup(finding, cases, out);
    }
  }

  private void ofCaller(
      Finding finding, String principal, Cases<Page> cases, Consumer<Incident> out) {
    String model = finding.model().name();
    Links links = cases.get(linksKey(finding.tenant(), model)).links();
    int campaign = links.campaignOf(principal);
    if (alerting.joinCampaigns() && links.isOpen(campaign)) {
      String key = campaignKey(finding.tenant(), model, campaign);
      casework.observe(key, cases.get(key).subject(), finding, true, out);
      return;
    }
    String key = callerKey(finding.tenant(), principal, model);
    Case own = cases.get(key).subject();
    boolean before = own.open;
    casework.observe(key, own, finding, false, out);
    if (own.open && !before) {
      links.own(principal);
    }
  }

  private void ofGroup(Finding finding, Cases<Page> cases, Consumer<Incident> out) {
    String tenant = finding.tenant();
    String model = finding.model().name();
    if (Exceptions.hides(finding)) {
      return; // kept on its topic; an exception links nobody either
    }
    Links links = cases.get(linksKey(tenant, model)).links();
    Links.Joined joined =
        links.join(
            finding.principals(),
            finding.detector(),
            finding.firstSeenMicros(),
            finding.timeMicros(),
            alerting.closeAfterMicros());
    String key = campaignKey(tenant, model, joined.campaign());
    Case campaign = cases.get(key).subject();
    campaign.campaign = joined.campaign();
    for (int other : joined.merged()) {
      campaign.ledger.addAll(cases.get(campaignKey(tenant, model, other)).subject().ledger);
    }
    boolean before = campaign.open;
    int size = links.members(joined.campaign());
    campaign.members = before ? Math.max(campaign.members, size) : campaign.members;
    casework.observe(key, campaign, finding, false, out);
    links.open(joined.campaign(), campaign.open);
    if (!campaign.open) {
      return;
    }
    List<Case> joining = new ArrayList<>();
    for (int other : joined.merged()) {
      joining.add(cases.get(campaignKey(tenant, model, other)).subject());
    }
    List<String> members = alerting.joinCampaigns() ? links.takeOwn(joined.campaign()) : List.of();
    for (String member : members) {
      joining.add(cases.get(callerKey(tenant, member, model)).subject());
    }
    joining.removeIf(c -> !c.open);
    casework.join(campaign, joining, finding.timeMicros(), out);
  }

  private static String linksKey(String tenant, String model) {
    return "links|" + tenant + '|' + model;
  }

  private static String callerKey(String tenant, String principal, String model) {
    return "caller|" + tenant + '|' + principal + '|' + model;
  }

  private static String campaignKey(String tenant, String model, int campaign) {
    String first = "cells|" + tenant + '|' + model;
    return campaign == 0 ? first : first + '|' + campaign;
  }

  @Override
  public String incident(Page state) {
    Case subject = state.subjectOrNull();
    return subject == null ? "" : subject.incidentId;
  }

  @Override
  public boolean judge(String key, Verdict verdict, Cases<Page> cases, Consumer<Incident> out) {
    Case subject = cases.get(key).subjectOrNull();
    if (subject == null || !subject.incidentId.equals(verdict.incidentId())) {
      return false;
    }
    boolean taken = casework.judge(subject, verdict, out);
    closed(subject, cases);
    return taken;
  }

  @Override
  public long nextDueMicros(Page state) {
    Case subject = state.subjectOrNull();
    return subject == null ? Long.MAX_VALUE : casework.nextDueMicros(subject);
  }

  @Override
  public long lastMicros(Page state) {
    Case subject = state.subjectOrNull();
    return subject != null && subject.open ? subject.lastSeenMicros : Long.MIN_VALUE;
  }

  @Override
  public void tick(String key, Cases<Page> cases, long nowMicros, Consumer<Incident> out) {
    Case subject = cases.get(key).subjectOrNull();
    if (subject != null && casework.tick(subject, nowMicros, out)) {
      closed(subject, cases);
    }
  }

  /** Findings about the members of a closed campaign are about them alone again. */
  private static void closed(Case subject, Cases<Page> cases) {
    if (!subject.open && subject.campaign >= 0) {
      cases.get(linksKey(subject.tenant, subject.model)).links().open(subject.campaign, false);
    }
  }
}
