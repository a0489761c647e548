package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Participant;
import io.vedette.lab.Rng;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.Venue;
import java.time.Duration;
import java.time.Instant;

/** One world with what the product learnt of it from a day of clean traffic. */
final class Arena {

  /** When learning ends and runs begin. */
  static final Instant DAY_TWO = Scenario.START.plus(Duration.ofDays(1));

  private static final int CLIENTS = 20;
  private static final int CLEAN_ROWS = 4_000; // a day, of all clients

  private final Venue world;
  private final Site site;
  private final long seed;
  private final double pradaDelta;
  private final Product.Learned learned;

  private Arena(Venue world, Site site, long seed, double pradaDelta, Product.Learned learned) {
    this.world = world;
    this.site = site;
    this.seed = seed;
    this.pradaDelta = pradaDelta;
    this.learned = learned;
  }

  /** Builds the world and learns. */
  static Arena of(Venue world, Product product, long seed, double pradaDelta) {
    Site site = world.build();
    Instant until = DAY_TWO.plus(Duration.ofHours(1));
    Scenario clean =
        Scenario.of(new Rng(seed).fork("clean-" + world.name()).bits())
            .learning(site, "acme", CLIENTS, CLEAN_ROWS, Duration.ofDays(1), until)
            .build();
    return new Arena(world, site, seed, pradaDelta, product.learn(site, clean, micros(DAY_TWO)));
  }

  Venue world() {
    return world;
  }

  Site site() {
    return site;
  }

  Product.Learned learned() {
    return learned;
  }

  /** The seed of one run, by its name: adding runs never changes others. */
  long seed(String run) {
    return new Rng(seed).fork(world.name() + "/" + run).bits();
  }

  Prada prada() {
    return new Prada(pradaDelta, site.spread(), world.image());
  }

  /** A scenario in which the clients of the learning day go on for a while. */
  Scenario.Builder background(long runSeed, Duration length) {
    Scenario.Builder builder = Scenario.of(runSeed);
    for (int i = 0; i < CLIENTS; i++) {
      CallerId caller = new CallerId("acme", site.population().name() + "-client-" + i);
      double perHour = CLEAN_ROWS / (double) CLIENTS / 24;
      builder.add(
          Participant.benign(habit(i), caller, site, perHour, DAY_TWO, DAY_TWO.plus(length)));
    }
    return builder;
  }

  private BenignKind habit(int client) {
    return switch (client % 10) {
      case 2, 7 -> BenignKind.SKEWED;
      case 4 -> BenignKind.WHAT_IF.fits(site) ? BenignKind.WHAT_IF : BenignKind.INDEPENDENT;
      case 9 -> BenignKind.RETRY;
      default -> BenignKind.INDEPENDENT;
    };
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
