package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Maturity;
import io.vedette.core.Origin;
import io.vedette.core.Verdict;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings each finding to its case: of a caller, of a campaign of callers, or of a model. */
public final class IncidentBook implements Book<Page> {

  /*
   * Findings about one caller go to the caller's case; those about a group of callers to that of its
   * campaign (Links); those about a model alone to the model's. While the incident of a campaign is
   * open, findings about its members go there too, and incidents that members had are closed into it:
   * one incident per campaign, not one per account. The campaign has a ledger of its own, in which the
   * evidence against its members is held against their number. After a verdict on it they stay with
   * it for as long as it may open again: each would else open an incident of his own, about what an
   * analyst has just judged. What was found of a member is in his own ledger as well, so nothing is
   * lost when the campaign was none. Strangers do not join a campaign that was just judged.
   *
   * Honest accounts share cells all day, and the book hears of it from 100 : 1 on. A group finding that
   * does not pass the threshold of its scope by itself is therefore none of a campaign's: it founds and
   * joins none, names nobody and keeps none open. Nor would its evidence count: what counts among cells
   * is the strongest, and that is below the threshold. It only tells who meets very many: a hub. A hub
   * is never named as a member, so nobody is advised to stop it.
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
    take(finding, null, cases, out);
  }

  @Override
  public void observe(Finding finding, Origin at, Cases<Page> cases, Consumer<Incident> out) {
    take(finding, at, cases, out);
  }

  private void take(
      Finding finding, @Nullable Origin at, Cases<Page> cases, Consumer<Incident> out) {
    if (finding.maturity() != Maturity.STABLE) {
      return;
    }
    String principal = finding.principal();
    if (principal != null) {
      ofCaller(finding, at, principal, cases, out);
    } else if (finding.principals().isEmpty()) {
      String key = "model|" + finding.model().name() + '|' + finding.detector();
      casework.observe(key, cases.get(key).subject(), finding, false, Group.of(finding, at), out);
    } else {
      ofGroup(finding, at, cases, out);
    }
  }

  private void ofCaller(
      Finding finding,
      @Nullable Origin at,
      String principal,
      Cases<Page> cases,
      Consumer<Incident> out) {
    String tenant = finding.tenant();
    String model = finding.model().name();
    Links links = cases.get(linksKey(tenant, model)).links();
    String key = callerKey(tenant, principal, model);
    Case own = cases.get(key).subject();
    int number = alerting.joinCampaigns() ? links.campaignOf(principal) : -1;
    if (number >= 0 && takes(number, own, finding, links, cases)) {
      String campaignKey = campaignKey(tenant, model, number);
      Case campaign = cases.get(campaignKey).subject();
      casework.keep(own, finding);
      Group group =
          new Group(
              Group.of(finding, at).names(),
              0,
              () -> joining(finding, links, new Links.Joined(number, List.of()), cases),
              at);
      casework.observe(campaignKey, campaign, finding, true, group, out);
      links.open(number, campaign.open);
      return;
    }
    boolean before = own.open;
    casework.observe(key, own, finding, false, Group.of(finding, at), out);
    if (own.open && !before) {
      links.own(principal);
    }
  }

  /** Whether a campaign takes what is found of a member: while it is open, or was just judged. */
  private boolean takes(int number, Case own, Finding finding, Links links, Cases<Page> cases) {
    return links.isOpen(number) || (!own.open && isJudged(number, finding, cases));
  }

  private boolean isJudged(int number, Finding finding, Cases<Page> cases) {
    String key = campaignKey(finding.tenant(), finding.model().name(), number);
    return casework.isJudged(cases.get(key).subject(), finding.timeMicros());
  }

  private void ofGroup(
      Finding finding, @Nullable Origin at, Cases<Page> cases, Consumer<Incident> out) {
    String tenant = finding.tenant();
    String model = finding.model().name();
    Links links = cases.get(linksKey(tenant, model)).links();
    if (Exceptions.hides(finding) && hidden(finding, at, links, cases, out)) {
      return; // kept on its topic; an exception links nobody either
    }
    if (!casework.strong(finding)) {
      links.meet(finding.principals());
      return;
    }
    forgive(finding, links, cases);
    Links.Joined joined =
        links.join(
            finding.principals(),
            finding.detector(),
            finding.firstSeenMicros(),
            finding.timeMicros(),
            alerting.closeAfterMicros(),
            number -> !isJudged(number, finding, cases));
    String key = campaignKey(tenant, model, joined.campaign());
    Case campaign = cases.get(key).subject();
    campaign.campaign = joined.campaign();
    for (int other : joined.merged()) {
      campaign.ledger.addAll(cases.get(campaignKey(tenant, model, other)).subject().ledger);
    }
    campaign.principals.removeIf(links::isHub); // it may have become one
    Group group = group(finding, at, campaign, links, joined, cases);
    casework.observe(key, campaign, finding, false, group, out);
    links.open(joined.campaign(), campaign.open);
  }

  /** What an analyst called nothing links nobody any more once it cannot open again. */
  private void forgive(Finding finding, Links links, Cases<Page> cases) {
    for (String principal : finding.principals()) {
      int number = links.campaignOf(principal);
      if (number >= 0) {
        String key = campaignKey(finding.tenant(), finding.model().name(), number);
        Case campaign = cases.get(key).subject();
        if (casework.isCleared(campaign) && !casework.isJudged(campaign, finding.timeMicros())) {
          links.dissolve(number);
        }
      }
    }
  }

  /**
   * Those that a group's finding names and the members that were linked before, unless an analyst
   * has just said that the campaign was none: then they are named when they are found again.
   */
  private Group group(
      Finding finding,
      @Nullable Origin at,
      Case campaign,
      Links links,
      Links.Joined joined,
      Cases<Page> cases) {
    List<String> names = new ArrayList<>(finding.principals());
    names.removeIf(links::isHub);
    // Accounts of several tenants may share a name, or all but one be hubs: they are still more
    // than one.
    int size = finding.tenant().isEmpty() ? 2 : 0;
    boolean cleared = casework.isCleared(campaign);
    for (int other : joined.merged()) {
      String key = campaignKey(finding.tenant(), finding.model().name(), other);
      cleared |= casework.isCleared(cases.get(key).subject());
    }
    if (!cleared) {
      names.addAll(links.names(joined.campaign(), Case.MOST_PRINCIPALS));
      size = Math.max(size, links.members(joined.campaign()));
    }
    return new Group(names, size, () -> joining(finding, links, joined, cases), at);
  }

  /** The cases whose incidents go into that of a campaign, once it is open. */
  private List<Case> joining(Finding finding, Links links, Links.Joined joined, Cases<Page> cases) {
    String tenant = finding.tenant();
    String model = finding.model().name();
    List<Case> joining = new ArrayList<>();
    for (int other : joined.merged()) {
      joining.add(cases.get(campaignKey(tenant, model, other)).subject());
    }
    List<String> members = alerting.joinCampaigns() ? links.takeOwn(joined.campaign()) : List.of();
    for (String member : members) {
      joining.add(cases.get(callerKey(tenant, member, model)).subject());
    }
    joining.removeIf(c -> !c.open);
    joining.forEach(c -> c.principals.removeIf(links::isHub));
    return joining;
  }

  /**
   * A group's finding that an exception hides counts as kept out of its members' campaign; false
   * when it is worse than what the exception was made for.
   */
  private boolean hidden(
      Finding finding,
      @Nullable Origin at,
      Links links,
      Cases<Page> cases,
      Consumer<Incident> out) {
    for (String principal : finding.principals()) {
      int number = links.campaignOf(principal);
      if (number >= 0) {
        String key = campaignKey(finding.tenant(), finding.model().name(), number);
        Case campaign = cases.get(key).subject();
        if (!casework.hides(campaign, finding)) {
          return false;
        }
        casework.observe(key, campaign, finding, false, Group.of(finding, at), out);
        return true;
      }
    }
    return true;
  }

  private static String linksKey(String tenant, String model) {
    return "links|" + tenant + '|' + model;
  }

  private static String callerKey(String tenant, String principal, String model) {
    return "caller|" + tenant + '|' + principal + '|' + model;
  }

  private static String campaignKey(String tenant, String model, int campaign) {
    String number = campaign == 0 ? "" : Integer.toString(campaign); // not last: a model may end so
    return "cells" + number + '|' + tenant + '|' + model;
  }

  @Override
  public String incident(String key, Page state) {
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
