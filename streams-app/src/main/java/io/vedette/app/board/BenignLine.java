package io.vedette.app.board;

import io.vedette.lab.board.BenignResult;
import io.vedette.stats.ClopperPearson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Honest callers of one kind, or of all, over all worlds.
 *
 * @param kind their habit
 * @param indistinguishable whether the kind is declared to look like an attack
 * @param callerDays days watched
 * @param callsPerDay mean calls of a caller-day
 * @param accused caller-days on which an incident named the caller
 * @param rate their share
 * @param upper exact upper 95 % bound of the rate (Clopper and Pearson 1934)
 * @param modelIncidents incidents about the model alone
 * @param peerCallers callers that the peers watched
 * @param counter of these, flagged by the counter rule
 * @param prada of these, flagged by PRADA
 * @param titles of incidents, at most 3
 */
record BenignLine(
    String kind,
    boolean indistinguishable,
    int callerDays,
    double callsPerDay,
    int accused,
    double rate,
    double upper,
    int modelIncidents,
    int peerCallers,
    int counter,
    int prada,
    List<String> titles) {

  private static final double LEVEL = 0.95;
  private static final int TITLES = 3;

  /** One line per kind, then two sums: the kinds that must be told apart, and the others. */
  static List<BenignLine> of(List<BenignResult> results) {
    Map<String, List<BenignResult>> groups = new LinkedHashMap<>();
    for (BenignResult r : results) {
      groups.computeIfAbsent(r.kind().id(), k -> new ArrayList<>()).add(r);
    }
    List<BenignLine> lines = new ArrayList<>();
    groups.forEach((kind, group) -> lines.add(line(kind, group)));
    add(lines, "all others", results.stream().filter(r -> !r.kind().indistinguishable()).toList());
    add(lines, "all *", results.stream().filter(r -> r.kind().indistinguishable()).toList());
    return lines;
  }

  private static void add(List<BenignLine> lines, String name, List<BenignResult> group) {
    if (!group.isEmpty()) {
      lines.add(line(name, group));
    }
  }

  private static BenignLine line(String name, List<BenignResult> group) {
    int days = sum(group, BenignResult::callerDays);
    int accused = sum(group, BenignResult::accusedDays);
    long calls = group.stream().mapToLong(BenignResult::calls).sum();
    return new BenignLine(
        name,
        group.get(0).kind().indistinguishable(),
        days,
        calls / (double) days,
        accused,
        accused / (double) days,
        ClopperPearson.upper(accused, days, LEVEL),
        sum(group, BenignResult::modelIncidents),
        sum(group, BenignResult::peerCallers),
        sum(group, BenignResult::counter),
        sum(group, BenignResult::prada),
        group.stream().flatMap(r -> r.titles().stream()).limit(TITLES).toList());
  }

  private static int sum(List<BenignResult> group, ToIntFunction<BenignResult> value) {
    return group.stream().mapToInt(value).sum();
  }
}
