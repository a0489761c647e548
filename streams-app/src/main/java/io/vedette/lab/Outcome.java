package io.vedette.lab;

/**
 * What an attack achieved.
 *
 * @param measure for example agreement (of a stolen copy with the victim, 0..1), distance_ratio
 *     (final to first distance of an adversarial example, 0..1) or flip_rate (0..1)
 * @param value the measured value, NaN when nothing was finished
 * @param succeeded whether it counts as a success by the attack's own aim
 */
public record Outcome(String measure, double value, boolean succeeded) {}
