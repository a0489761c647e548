package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Some days of a group of honest callers of one kind; whoever is named is accused wrongly. */
final class BenignTrial {

  private static final double CALLS_PER_HOUR = 20;
  private static final long DAY = 86_400_000_000L;
  private static final int TITLES = 3;

  private final Set<String> subjects = new HashSet<>();
  private final Set<String> accusedDays = new HashSet<>();
  private final List<String> titles = new ArrayList<>();
  private int modelIncidents;

  private BenignTrial() {}

  /**
   * Runs a group.
   *
   * @param peers whether the peers watch too; they cost as much as the product
   */
  static BenignResult run(
      Arena arena, BenignKind kind, int callers, int days, long seed, boolean peers) {
    return new BenignTrial().play(arena, kind, callers, days, seed, peers);
  }

  private BenignResult play(
      Arena arena, BenignKind kind, int callers, int days, long seed, boolean peers) {
    Duration length = Duration.ofDays(days);
    Instant end = Arena.DAY_TWO.plus(length);
    Scenario.Builder builder = arena.background(seed, length);
    for (int c = 0; c < callers; c++) {
      CallerId caller = new CallerId("acme", "subject-" + c);
      subjects.add(caller.principal());
      builder.add(
          Participant.benign(kind, caller, arena.site(), CALLS_PER_HOUR, Arena.DAY_TWO, end));
    }
    Product.Watcher watcher = arena.learned().watch(this::accused);
    Peer counter = new CounterRule();
    Peer prada = arena.prada();
    Set<CallerId> counted = new HashSet<>();
    Set<CallerId> flagged = new HashSet<>();
    long calls = 0;
    for (Exchange exchange : builder.build()) {
      watcher.observe(exchange);
      if (!subjects.contains(exchange.caller().principal())) {
        continue;
      }
      calls++;
      if (peers && counter.flags(exchange)) {
        counted.add(exchange.caller());
      }
      if (peers && prada.flags(exchange)) {
        flagged.add(exchange.caller());
      }
    }
    return new BenignResult(
        arena.world(),
        kind,
        callers,
        days,
        calls,
        accusedDays.size(),
        modelIncidents,
        List.copyOf(titles),
        counted.size(),
        flagged.size(),
        peers ? callers : 0);
  }

  private void accused(Accusation accusation) {
    if (accusation.principals().isEmpty()) {
      modelIncidents += accusation.opening() ? 1 : 0;
      return;
    }
    for (String principal : accusation.principals()) {
      long day = Math.floorDiv(accusation.timeMicros(), DAY);
      if (subjects.contains(principal)
          && accusedDays.add(principal + '/' + day)
          && titles.size() < TITLES) {
        titles.add(accusation.title());
      }
    }
  }
}
