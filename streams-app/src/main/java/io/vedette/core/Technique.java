package io.vedette.core;

/**
 * A MITRE ATLAS technique.
 *
 * @param id for example {@code AML.T0024.002}
 * @param name its name in ATLAS
 */
public record Technique(String id, String name) {}
