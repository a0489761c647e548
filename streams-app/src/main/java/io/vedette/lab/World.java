package io.vedette.lab;

import io.vedette.core.ModelRef;
import io.vedette.lab.TabularPopulation.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The sites of the lab. Detectors are tuned on the open ones; the held-out ones differ in seed,
 * size, population and model shape and serve the final measurement only, with seeds from 1,000,000.
 */
public enum World implements Venue {
  /** Loans: logistic regression, 20 features, one smooth frontier. */
  LOAN(false, Shape.LINEAR, 20, 1, Labels.SCORE, 11),
  /** Churn: decision tree, 20 features, islands. */
  CHURN(false, Shape.TREE, 20, 6, Labels.SEGMENT, 12),
  /** Fraud: two-layer network, 30 features, islands. */
  FRAUD(false, Shape.NETWORK, 30, 6, Labels.SEGMENT, 13),
  /** Scoring: one-layer network, 20 features, islands; closest to the published conditions. */
  SCORING(false, Shape.NETWORK, 20, 6, Labels.SEGMENT, 14),
  /** Pictures of 12 x 12 pixels, four signs. */
  SIGNS(false, Shape.IMAGE, 12, 4, Labels.SEGMENT, 15),
  /** A network that learnt 150 noisy rows by heart: leaks who was in its training data. */
  CLINIC(false, Shape.OVERFIT, 20, 3, Labels.NOISY_SCORE, 16),
  /** Held out: claims, logistic regression, 24 features. */
  CLAIMS(true, Shape.LINEAR, 24, 3, Labels.SCORE, 911),
  /** Held out: triage, decision tree, 26 features. */
  TRIAGE(true, Shape.TREE, 26, 5, Labels.SEGMENT, 912),
  /** Held out: energy, network, 16 features, three classes. */
  ENERGY(true, Shape.NETWORK, 16, 9, Labels.SEGMENT, 913),
  /** Held out: pictures of 16 x 16 pixels, five signs. */
  GLYPHS(true, Shape.IMAGE, 16, 5, Labels.SEGMENT, 914);

  private static final int TRAINING_ROWS = 4_000;
  private static final int OVERFIT_ROWS = 150;

  private enum Shape {
    LINEAR,
    TREE,
    NETWORK,
    OVERFIT,
    IMAGE
  }

  private final boolean heldOut;
  private final Shape shape;
  private final int size; // features, or pixels a side
  private final int groups; // sub-populations, or signs
  private final Labels labels;
  private final long seed;

  World(boolean heldOut, Shape shape, int size, int groups, Labels labels, long seed) {
    this.heldOut = heldOut;
    this.shape = shape;
    this.size = size;
    this.groups = groups;
    this.labels = labels;
    this.seed = seed;
  }

  /** Whether it is kept for the final measurement. */
  public boolean heldOut() {
    return heldOut;
  }

  @Override
  public boolean image() {
    return shape == Shape.IMAGE;
  }

  /** The open worlds, or the held-out ones. */
  public static List<World> family(boolean heldOut) {
    return Arrays.stream(values()).filter(w -> w.heldOut == heldOut).toList();
  }

  /** Takes some 100 ms. */
  @Override
  public Site build() {
    Population population = population();
    Rng rng = new Rng(seed).fork("training");
    List<Row> rows = population.sample(rng, shape == Shape.OVERFIT ? OVERFIT_ROWS : TRAINING_ROWS);
    ModelRef model = new ModelRef(population.name(), "1.0.0", digest());
    int classes = population.classes();
    Victim victim =
        switch (shape) {
          case LINEAR -> Network.train(model, rows, classes, new int[0], 12, rng);
          case TREE -> DecisionTree.train(model, rows, classes, 8, 12);
          case NETWORK ->
              Network.train(
                  model, rows, classes, size > 20 ? new int[] {32, 16} : new int[] {24}, 8, rng);
          case OVERFIT -> Network.train(model, rows, classes, new int[] {64}, 60, rng);
          case IMAGE -> Network.train(model, rows, classes, new int[] {32}, 8, rng);
        };
    return new Site(population, victim, Spread.of(rows), rows);
  }

  private Population population() {
    String served = name().toLowerCase(Locale.ROOT);
    if (shape == Shape.IMAGE) {
      return new ImagePopulation(served, size, groups, heldOut ? 1 : 0, 0.03);
    }
    int classes = groups == 9 ? 3 : 2;
    return new TabularPopulation(served, seed, size, groups, classes, 1.2, labels);
  }

  private String digest() {
    return "sha256:" + String.format(Locale.ROOT, "%064x", seed);
  }
}
