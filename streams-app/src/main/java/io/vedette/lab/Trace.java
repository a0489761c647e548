package io.vedette.lab;

import java.util.List;

/**
 * The queries of one attack run, recorded against a deterministic victim, so replaying them later
 * gives the answers that the attacker acted on.
 *
 * @param kind the attack
 * @param queries rows in order, each {@code float[d]}
 * @param outcome what was achieved
 */
public record Trace(AttackKind kind, List<float[]> queries, Outcome outcome) {}
