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
public record Site(Population population, Victim victim, Spread spread, List<Row> training) {}
