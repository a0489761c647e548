package io.vedette.core;

import java.util.List;

/**
 * What a catalogue shows of a detector.
 *
 * @param id detector id, equal to its package name
 * @param title one line
 * @param maturity how far it may act
 * @param techniques ATLAS techniques of its findings; empty for findings without an adversary
 * @param severity severity of its incidents before escalation
 */
public record Profile(
    String id, String title, Maturity maturity, List<Technique> techniques, Severity severity) {}
