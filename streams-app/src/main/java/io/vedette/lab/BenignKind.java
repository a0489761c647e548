package io.vedette.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The honest callers of the lab. */
public enum BenignKind {
  /** Independent rows of the population. */
  INDEPENDENT(1),
  /** Rows of a single sub-population. */
  SKEWED(1),
  /** An analyst's what-if: a case and 1 to 8 variants, 1 to 3 features changed on a grid. */
  WHAT_IF(5.5),
  /** A slider dragged to and fro: one feature in equal steps. */
  SLIDER(25),
  /** A client that repeats every call 1 to 3 times. */
  RETRY(3),
  /** A client in trouble: now and then 20 to 60 exact repeats within seconds. */
  RETRY_STORM(3),
  /** A nightly job over the same 500 rows, one a call; 2% of the rows are new each night. */
  BATCH(500),
  /** The same with 50 rows a call. */
  BATCH_ROWS(10),
  /** Ten entities that move slowly and are scored again and again. */
  MONITORED(1),
  /** The same, with the entity declared. */
  MONITORED_DECLARED(1),
  /** A tenant whose rows lie 0.7 standard deviations away in a third of the features. */
  NEW_TENANT(1),
  /** A load test: 40 rows repeated 50 times a second. */
  LOAD_TEST(400),
  /** Thirty users of different habits behind one account. */
  GATEWAY(1),
  /** A camera on a slowly changing scene (images). */
  VIDEO(60),
  /** A camera that pans to and fro (images). */
  VIDEO_PAN(60),
  /** A machine whose readings wander slowly, scored at a steady beat for days. */
  SENSOR(1),
  /** A robustness test: a case and 20 copies with noise of 0.05 to 0.3 deviations. */
  ROBUSTNESS_TEST(21),
  /** An A/B test: each case twice, with and without the treatment, which is one feature. */
  AB_TEST(2),
  /** An analyst who looks for the best offer of a case: a grid over two features. */
  GRID_SEARCH(31),
  /** Three thousand users of different habits behind one account. */
  GATEWAY_OF_THOUSANDS(1),
  /** Seasonal volume: trade comes in rushes of 100 independent rows within minutes. */
  SEASONAL(100),
  /** A replaced camera: brighter, less contrast, a pixel aside (images). */
  CAMERA_SHIFT(1);

  private final double callsPerSession;

  BenignKind(double callsPerSession) {
    this.callsPerSession = callsPerSession;
  }

  /** Its name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Mean calls of one session, to turn a rate of calls into a rate of sessions. */
  public double callsPerSession() {
    return callsPerSession;
  }

  /** Whether such callers exist for a site: cameras need pictures, what-if needs a table. */
  public boolean fits(Site site) {
    boolean image = site.population().shape().length > 1;
    boolean drawn = site.population() instanceof ImagePopulation;
    return switch (this) {
      case VIDEO, VIDEO_PAN, CAMERA_SHIFT -> drawn;
      case WHAT_IF,
          SLIDER,
          MONITORED,
          MONITORED_DECLARED,
          NEW_TENANT,
          GATEWAY,
          SENSOR,
          AB_TEST,
          GRID_SEARCH,
          GATEWAY_OF_THOUSANDS ->
          !image;
      default -> true;
    };
  }

  /**
   * Whether its calls cannot be told from an attack by what they hold: noise around rows is what
   * evasion and membership inference send too, and an undeclared entity near the frontier walks
   * like a boundary search.
   */
  public boolean indistinguishable() {
    return this == ROBUSTNESS_TEST || this == MONITORED || this == SENSOR;
  }

  /**
   * A caller of this kind; never ends.
   *
   * @throws IllegalArgumentException when it does not {@link #fits fit}
   */
  public Actor create(Site site, Rng rng) {
    if (!fits(site)) {
      throw new IllegalArgumentException(
          "kind must fit the site " + site.population().name() + ", was " + this);
    }
    Population population = site.population();
    int component = Math.floorMod(rng.bits(), population.components());
    return switch (this) {
      case INDEPENDENT -> () -> Query.session(population.draw(rng).x());
      case SKEWED -> () -> Query.session(population.draw(rng, component).x());
      case WHAT_IF -> new WhatIf(site, rng);
      case SLIDER -> new Slider(site, rng);
      case RETRY -> new Retry(population, rng, 1, 1, 3);
      case RETRY_STORM -> new Retry(population, rng, 0.03, 20, 60);
      case BATCH -> new Batch(population, rng, 500, 1);
      case BATCH_ROWS -> new Batch(population, rng, 500, 50);
      case MONITORED -> new Monitored(site, rng, false);
      case MONITORED_DECLARED -> new Monitored(site, rng, true);
      case NEW_TENANT -> newTenant(site, rng);
      case LOAD_TEST -> loadTest(population, rng);
      case GATEWAY -> gateway(site, rng, 30);
      case GATEWAY_OF_THOUSANDS -> gateway(site, rng, 3_000);
      case VIDEO -> new Video(population, rng, false);
      case VIDEO_PAN -> new Video(population, rng, true);
      case SENSOR -> new Sensor(site, rng);
      case ROBUSTNESS_TEST -> new NoiseTest(site, rng);
      case AB_TEST -> Analysts.abTest(site, rng);
      case GRID_SEARCH -> Analysts.gridSearch(site, rng);
      case SEASONAL -> rush(population, rng);
      case CAMERA_SHIFT -> shiftedCamera((ImagePopulation) population, rng);
    };
  }

  private static Actor newTenant(Site site, Rng rng) {
    int d = site.population().features();
    Shift shift = Shift.of(site, 0.7, d / 3, rng.fork("shift"));
    return () -> Query.session(shift.apply(site.population().draw(rng).x()));
  }

  private static Actor loadTest(Population population, Rng rng) {
    List<Row> rows = population.sample(rng, 40);
    int[] count = {0};
    return () -> {
      float[] row = rows.get(rng.below(rows.size())).x();
      return count[0]++ % 400 == 0 ? Query.session(row) : Query.after(0.02, row);
    };
  }

  private static Actor gateway(Site site, Rng rng, int users) {
    BenignKind[] habits = {INDEPENDENT, SKEWED, WHAT_IF, RETRY, INDEPENDENT, SKEWED};
    Map<Integer, Actor> known = new HashMap<>(); // made when they first call
    return () -> {
      int user = rng.below(users);
      Query query =
          known
              .computeIfAbsent(
                  user, u -> habits[u % habits.length].create(site, rng.fork("user-" + u)))
              .next();
      return query == null
          ? null
          : new Query(query.values(), query.rows(), query.subjectId(), Query.SESSION);
    };
  }

  private static Actor rush(Population population, Rng rng) {
    int[] count = {0};
    return () -> {
      float[] row = population.draw(rng).x();
      return count[0]++ % 100 == 0 ? Query.session(row) : Query.after(rng.uniform(1, 4), row);
    };
  }

  private static Actor shiftedCamera(ImagePopulation population, Rng rng) {
    double right = rng.chance(0.5) ? 1 : -1;
    double light = rng.uniform(0.05, 0.12);
    return () -> {
      ImagePopulation.Pose pose = population.pose(rng, rng.below(population.classes()));
      return Query.session(population.render(pose.moved(right, 0).lit(light), rng));
    };
  }
}
