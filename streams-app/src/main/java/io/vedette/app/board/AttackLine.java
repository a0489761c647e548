package io.vedette.app.board;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.vedette.lab.board.CampaignResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The campaigns of one attack in one mode, over all worlds.
 *
 * @param attack its name
 * @param family what it is after
 * @param heldOut whether detectors are never tuned on it
 * @param mode how the attacker called
 * @param campaigns number of campaigns
 * @param succeeded campaigns whose attack reaches its aim when nobody stops it
 * @param measure of success
 * @param measured its median
 * @param found campaigns found
 * @param median queries to the incident, -1 when fewer than half were found
 * @param p90 the same for nine of ten
 * @param medianCalls the median with the cover, -1 when fewer than half were found
 * @param spent median share of the campaign's own budget, 1 when not found
 * @param published median share of the published budget, -1 when the publication names none
 * @param named mean share of the accounts that incidents named, of the campaigns found
 * @param rightFamily found campaigns that the family's detector contributed to
 * @param counter campaigns that the counter rule found
 * @param prada campaigns that PRADA found
 */
@JsonPropertyOrder({"attack", "mode"})
record AttackLine(
    String attack,
    String family,
    boolean heldOut,
    String mode,
    int campaigns,
    int succeeded,
    String measure,
    double measured,
    int found,
    int median,
    int p90,
    int medianCalls,
    double spent,
    double published,
    double named,
    int rightFamily,
    int counter,
    int prada) {

  private static final int NEVER = Integer.MAX_VALUE;

  /** One line per attack and mode, in the order in which they first appear. */
  static List<AttackLine> of(List<CampaignResult> campaigns) {
    Map<String, List<CampaignResult>> groups = new LinkedHashMap<>();
    for (CampaignResult c : campaigns) {
      groups.computeIfAbsent(c.mode() + "/" + c.kind(), k -> new ArrayList<>()).add(c);
    }
    return groups.values().stream().map(AttackLine::line).toList();
  }

  private static AttackLine line(List<CampaignResult> group) {
    CampaignResult any = group.get(0);
    List<CampaignResult> found = group.stream().filter(CampaignResult::found).toList();
    return new AttackLine(
        any.kind().id(),
        any.kind().family().id(),
        any.kind().heldOut(),
        any.mode().id(),
        group.size(),
        (int) group.stream().filter(c -> c.outcome().succeeded()).count(),
        any.outcome().measure(),
        quantile(group, c -> c.outcome().value(), 0.5),
        found.size(),
        count(quantile(group, c -> c.found() ? c.queries() : NEVER, 0.5)),
        count(quantile(group, c -> c.found() ? c.queries() : NEVER, 0.9)),
        count(quantile(group, c -> c.found() ? c.calls() : NEVER, 0.5)),
        quantile(group, c -> c.found() ? c.queries() / (double) c.budget() : 1, 0.5),
        any.published() == 0
            ? -1
            : quantile(group, c -> c.found() ? c.queries() / (double) c.published() : 1, 0.5),
        found.stream()
            .mapToDouble(c -> c.named() / (double) c.mode().accounts())
            .average()
            .orElse(0),
        (int) found.stream().filter(CampaignResult::rightFamily).count(),
        (int) group.stream().filter(c -> c.counter() >= 0).count(),
        (int) group.stream().filter(c -> c.prada() >= 0).count());
  }

  private static int count(double queries) {
    return queries >= NEVER ? -1 : (int) queries;
  }

  /** The smallest value that at least a share {@code q} of the group does not exceed. */
  private static double quantile(
      List<CampaignResult> group, ToDoubleFunction<CampaignResult> value, double q) {
    double[] sorted = group.stream().mapToDouble(value).sorted().toArray();
    return sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }
}
