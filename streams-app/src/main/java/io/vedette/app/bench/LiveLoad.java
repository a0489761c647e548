package io.vedette.app.bench;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Honest traffic at a steady rate, and attackers who begin one after the other, each an account of
 * a tenant of its own, so that each is an incident of its own.
 */
final class LiveLoad {

  private static final int CALLERS = 10_000;
  private static final int BUDGET = 60; // queries of an attacker
  private static final double ATTACK_PER_SECOND = 5;
  private static final Duration TAIL = Duration.ofSeconds(15); // BUDGET at that rate, and some
  private static final long NAP_NANOS = 500_000;
  private static final BenignKind[] HABITS = {
    BenignKind.INDEPENDENT, BenignKind.SKEWED, BenignKind.INDEPENDENT, BenignKind.RETRY
  };

  private final Scenario scenario;
  private final long endMicros;

  private LiveLoad(Scenario scenario, long endMicros) {
    this.scenario = scenario;
    this.endMicros = endMicros;
  }

  /**
   * A load.
   *
   * @param perSecond honest calls a second
   * @param attackers who begin evenly over the time
   * @param quiet time before the first attacker
   * @param length time from the first attacker to the last
   */
  static LiveLoad of(double perSecond, int attackers, Duration quiet, Duration length, long seed) {
    Site site = World.FRAUD.build();
    Instant end = Scenario.START.plus(quiet).plus(length).plus(TAIL);
    Scenario.Builder builder = Scenario.of(seed);
    double perHour = perSecond * 3600 / CALLERS;
    for (int i = 0; i < CALLERS; i++) {
      BenignKind habit = HABITS[i % HABITS.length];
      Pace pace = Pace.poisson(perHour / habit.callsPerSession());
      CallerId caller = new CallerId("acme", "client-" + i);
      builder.add(Participant.benign(habit, caller, site, pace, Scenario.START, end));
    }
    for (int i = 0; i < attackers; i++) {
      Instant from = Scenario.START.plus(quiet).plus(length.multipliedBy(i).dividedBy(attackers));
      builder.add(
          Participant.attack(
              AttackKind.HOP_SKIP_JUMP,
              List.of(new CallerId("tenant-" + i, "attacker")),
              site,
              seed + i,
              BUDGET,
              Pace.perSecond(ATTACK_PER_SECOND),
              from));
    }
    return new LiveLoad(builder.build(), ChronoUnit.MICROS.between(Instant.EPOCH, end));
  }

  /**
   * Plays it at its own speed, stamped with the present time.
   *
   * @return exchanges a second that were sent
   */
  double play(Consumer<Exchange> sent) {
    long begin = System.nanoTime();
    long count = 0;
    Iterator<Exchange> exchanges = scenario.iterator();
    long origin = ChronoUnit.MICROS.between(Instant.EPOCH, Scenario.START);
    while (exchanges.hasNext()) {
      Exchange e = exchanges.next();
      if (e.timeMicros() >= endMicros) {
        break;
      }
      long due = begin + TimeUnit.MICROSECONDS.toNanos(e.timeMicros() - origin);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(NAP_NANOS);
      }
      sent.accept(e.at(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
      count++;
    }
    return count / ((System.nanoTime() - begin) / 1e9);
  }
}
