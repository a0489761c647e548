package io.vedette.lab;

/**
 * One case of a population.
 *
 * @param x features, {@code float[d]}, owned
 * @param label true class, 0-based
 */
public record Row(float[] x, int label) {}
