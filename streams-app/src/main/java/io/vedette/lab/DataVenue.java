package io.vedette.lab;

import io.vedette.core.ModelRef;
import java.util.List;

/**
 * A model of somebody's own data: trained on rows of a file, asked about rows like them.
 *
 * @param name of the model
 * @param data the rows
 * @param model kind of model
 */
public record DataVenue(String name, DataPopulation data, Kind model) implements Venue {

  private static final int TRAINING_ROWS = 4_000;
  private static final long SEED = 77;

  /** Kinds of models. */
  public enum Kind {
    /** Logistic regression. */
    LINEAR,
    /** A decision tree. */
    TREE,
    /** A network with one hidden layer. */
    NETWORK
  }

  @Override
  public boolean image() {
    return data.shape().length > 1;
  }

  @Override
  public Site build() {
    Rng rng = new Rng(SEED).fork("training");
    List<Row> rows = data.sample(rng, TRAINING_ROWS);
    ModelRef ref = new ModelRef(name, "1.0.0", null);
    int classes = data.classes();
    Victim victim =
        switch (model) {
          case LINEAR -> Network.train(ref, rows, classes, new int[0], 12, rng);
          case TREE -> DecisionTree.train(ref, rows, classes, 8, 12);
          case NETWORK -> Network.train(ref, rows, classes, new int[] {32}, 8, rng);
        };
    return new Site(data, victim, Spread.of(rows), rows);
  }
}
