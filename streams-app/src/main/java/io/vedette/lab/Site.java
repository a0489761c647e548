package io.vedette.lab;

/**
 * A model in service and the world that it serves.
 *
 * @param population whom honest callers ask about
 * @param victim the model
 * @param spread place and scale of 4,000 rows of the population
 */
public record Site(Population population, Victim victim, Spread spread) {}
