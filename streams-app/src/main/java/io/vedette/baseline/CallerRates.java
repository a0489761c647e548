package io.vedette.baseline;

/**
 * How often one clean caller did what attackers do, counted while learning.
 *
 * @param rows rows counted
 * @param bisection bisection steps
 * @param sweep one-feature steps
 * @param antithetic mirrored pairs
 */
public record CallerRates(long rows, long bisection, long sweep, long antithetic) {}
