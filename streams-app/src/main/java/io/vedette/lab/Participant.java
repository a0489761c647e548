package io.vedette.lab;

import io.vedette.core.CallerId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Somebody in a scenario.
 *
 * @param role ground truth, for example {@code benign:what_if} or {@code attack:hop_skip_jump}
 * @param accounts callers that it uses in turn, at least one
 * @param site model that it calls
 * @param actor makes the actor of one replay from its random numbers
 * @param pace when its sessions arrive
 * @param from start
 * @param to end, exclusive
 * @param manner how it uses its accounts, and what its calls have in common
 */
public record Participant(
    String role,
    List<CallerId> accounts,
    Site site,
    Function<Rng, Actor> actor,
    Pace pace,
    Instant from,
    Instant to,
    Manner manner) {

  /**
   * How somebody uses several accounts.
   *
   * @param chunk calls in a row from one account before the next one's turn, at least 1
   * @param addresses network addresses that the accounts share; 0 gives each account its own
   * @param auth how calls are authenticated, for example API_KEY
   */
  public record Manner(int chunk, int addresses, String auth) {

    /** Call by call the next account, each with its own address. */
    public static final Manner IN_TURN = new Manner(1, 0, "API_KEY");
  }

  /** Somebody whose accounts are used in turn, each from its own address. */
  public Participant(
      String role,
      List<CallerId> accounts,
      Site site,
      Function<Rng, Actor> actor,
      Pace pace,
      Instant from,
      Instant to) {
    this(role, accounts, site, actor, pace, from, to, Manner.IN_TURN);
  }

  /** The account of the n-th call, counted from 0, as an index. */
  int account(long call) {
    return (int) (call / manner.chunk() % accounts.size());
  }

  /**
   * Plays a recorded attack, alone or among ordinary rows.
   *
   * @param share share of attack queries among its calls, 0 (exclusive) to 1
   */
  public static Participant recorded(
      Trace trace,
      List<CallerId> accounts,
      Site site,
      double share,
      Pace pace,
      Instant from,
      Manner manner) {
    Function<Rng, Actor> actor =
        share < 1
            ? r ->
                Actor.covered(
                    Actor.replay(trace.queries()),
                    BenignKind.INDEPENDENT.create(site, r.fork("cover")),
                    share,
                    r.fork("mix"))
            : r -> Actor.replay(trace.queries());
    return new Participant(
        "attack:" + trace.kind().id(), accounts, site, actor, pace, from, Instant.MAX, manner);
  }

  /** Whether it is an attacker. */
  public boolean attacker() {
    return role.startsWith("attack:");
  }

  /**
   * An honest caller.
   *
   * @param callsPerHour mean rate of calls, over sessions and breaks, with a daily wave
   */
  public static Participant benign(
      BenignKind kind, CallerId caller, Site site, double callsPerHour, Instant from, Instant to) {
    Pace pace =
        kind == BenignKind.BATCH || kind == BenignKind.BATCH_ROWS
            ? Pace.nightly(2)
            : Pace.daily(callsPerHour / kind.callsPerSession());
    return benign(kind, caller, site, pace, from, to);
  }

  /** An honest caller with its own pace of sessions. */
  public static Participant benign(
      BenignKind kind, CallerId caller, Site site, Pace pace, Instant from, Instant to) {
    return new Participant(
        "benign:" + kind.id(), List.of(caller), site, r -> kind.create(site, r), pace, from, to);
  }

  /**
   * An attacker that uses its accounts in turn and stops when its budget is spent.
   *
   * @param seed of the attack
   * @param budget most queries
   */
  public static Participant attack(
      AttackKind kind,
      List<CallerId> accounts,
      Site site,
      long seed,
      int budget,
      Pace pace,
      Instant from) {
    return new Participant(
        "attack:" + kind.id(),
        accounts,
        site,
        r -> Actor.replay(kind.record(site, seed, budget).queries()),
        pace,
        from,
        Instant.MAX);
  }

  /**
   * An attacker that hides among ordinary rows.
   *
   * @param share share of attack queries among its calls, 0 to 1
   */
  public static Participant coveredAttack(
      AttackKind kind,
      List<CallerId> accounts,
      Site site,
      long seed,
      int budget,
      double share,
      Pace pace,
      Instant from) {
    Participant plain = attack(kind, accounts, site, seed, budget, pace, from);
    Function<Rng, Actor> covered =
        r ->
            Actor.covered(
                plain.actor().apply(r),
                BenignKind.INDEPENDENT.create(site, r.fork("cover")),
                share,
                r.fork("mix"));
    return new Participant(plain.role(), accounts, site, covered, pace, from, Instant.MAX);
  }
}
