package io.vedette.lab.board;

import io.vedette.lab.AttackKind;
import io.vedette.lab.Outcome;
import io.vedette.lab.Venue;

/**
 * How one campaign went.
 *
 * @param world where
 * @param kind attack
 * @param mode how the attacker called
 * @param outcome what he had achieved at the end of his budget
 * @param budget his queries in all
 * @param published queries that the attack's publication spends, 0 when unknown
 * @param queries of his own until an incident named one of his accounts, cover not counted; -1 when
 *     none did
 * @param calls the same with the cover; -1 when not found
 * @param named accounts of his that incidents named by the end of the run
 * @param rightFamily whether the detector of the attack's family contributed to that first incident
 * @param counter queries until the counter rule flagged one of his accounts, -1 when it did not
 * @param prada queries until PRADA flagged one of his accounts, -1 when it did not
 */
public record CampaignResult(
    Venue world,
    AttackKind kind,
    Mode mode,
    Outcome outcome,
    int budget,
    int published,
    int queries,
    int calls,
    int named,
    boolean rightFamily,
    int counter,
    int prada) {

  /** Whether an incident named the attacker. */
  public boolean found() {
    return queries >= 0;
  }
}
