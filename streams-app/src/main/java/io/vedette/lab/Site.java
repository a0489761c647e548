package io.vedette.lab;

import java.util.List;

/**
 * A model in service and the world that it serves.
 *
 * @param population whom honest callers ask about
 * @param victim the model
 * @param spread place and scale of the training rows
 * @param training rows that the model was trained on
 */
public record Site(Population population, Victim victim, Spread spread, List<Row> training) {

  /** The feature that attackers want to know of people, 0-based; -1 when there is none. */
  public int sensitive() {
    return population.shape().length > 1 ? -1 : AttributeEnumeration.sensitive(this);
  }
}
