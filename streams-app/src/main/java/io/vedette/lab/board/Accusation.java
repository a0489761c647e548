package io.vedette.lab.board;

import java.util.List;

/**
 * One activity of an incident, as far as the scoreboard asks.
 *
 * @param timeMicros stream time
 * @param opening whether the incident is a new one
 * @param principals whom it names; empty when it is about a model
 * @param detectors detectors that contributed
 * @param title one line
 */
public record Accusation(
    long timeMicros,
    boolean opening,
    List<String> principals,
    List<String> detectors,
    String title) {}
