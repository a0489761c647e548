package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Scenario;
import io.vedette.lab.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One campaign among the clients of a world, watched by the product and the peers. */
final class CampaignTrial {

  private final Arena arena;
  private final Trace trace;
  private final Mode mode;
  private final Set<String> accounts = new HashSet<>();
  private final Set<String> named = new HashSet<>();
  private int queries; // of the attack, answered so far
  private int calls; // with cover
  private int found = -1;
  private int foundCalls = -1;
  private boolean rightFamily;
  private int counter = -1;
  private int prada = -1;

  private CampaignTrial(Arena arena, Trace trace, Mode mode) {
    this.arena = arena;
    this.trace = trace;
    this.mode = mode;
    for (CallerId caller : mode.callers()) {
      accounts.add(caller.principal());
    }
  }

  /** Runs a recorded attack in a mode. */
  static CampaignResult run(Arena arena, Trace trace, Mode mode, long seed) {
    CampaignTrial trial = new CampaignTrial(arena, trace, mode);
    trial.play(seed);
    return trial.result();
  }

  private void play(long seed) {
    List<float[]> rows = trace.queries();
    Duration length = mode.length(rows.size());
    Scenario scenario =
        arena
            .background(seed, length)
            .add(mode.attacker(trace, arena.site(), Arena.DAY_TWO))
            .build();
    Product.Watcher watcher = arena.learned().watch(this::accused);
    Peer counting = new CounterRule();
    Peer distances = arena.prada();
    for (Exchange exchange : scenario) {
      boolean attacker = accounts.contains(exchange.caller().principal());
      if (attacker) {
        calls++;
        queries += queries < rows.size() && isNext(exchange, rows.get(queries)) ? 1 : 0;
        counter = counter < 0 && counting.flags(exchange) ? queries : counter;
        prada = prada < 0 && distances.flags(exchange) ? queries : prada;
      }
      if (found < 0 || named.size() < accounts.size()) {
        watcher.observe(exchange);
      }
      if ((attacker && queries == rows.size()) || over()) {
        break;
      }
    }
  }

  /** Nobody has anything left to find out. */
  private boolean over() {
    return found >= 0 && named.size() == accounts.size() && counter >= 0 && prada >= 0;
  }

  /** The attack's own rows are told from the cover by identity. */
  @SuppressWarnings("ArrayEquals") // identity is meant
  private static boolean isNext(Exchange exchange, float[] row) {
    return exchange.input() instanceof Payload.Features f && f.values() == row;
  }

  private void accused(Accusation accusation) {
    boolean him = false;
    for (String principal : accusation.principals()) {
      if (accounts.contains(principal)) {
        named.add(principal);
        him = true;
      }
    }
    if (him && found < 0) {
      found = queries;
      foundCalls = calls;
      rightFamily = accusation.detectors().contains(trace.kind().family().id());
    }
  }

  private CampaignResult result() {
    AttackKind kind = trace.kind();
    return new CampaignResult(
        arena.world(),
        kind,
        mode,
        trace.outcome(),
        trace.queries().size(),
        kind.publishedBudget(arena.site()),
        found,
        foundCalls,
        named.size(),
        rightFamily,
        counter,
        prada);
  }
}
