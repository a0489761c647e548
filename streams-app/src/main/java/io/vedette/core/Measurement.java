package io.vedette.core;

/**
 * A measured number with the limit it is held against.
 *
 * @param name snake_case name
 * @param value measured value
 * @param unit UCUM code, "1" for ratios, "{query}" for counts
 * @param limit the limit, NaN when there is none
 */
public record Measurement(String name, double value, String unit, double limit) {}
