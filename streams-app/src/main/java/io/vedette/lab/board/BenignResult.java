package io.vedette.lab.board;

import io.vedette.lab.BenignKind;
import io.vedette.lab.Venue;
import java.util.List;

/**
 * What a group of honest callers of one kind went through.
 *
 * @param world where
 * @param kind their habit
 * @param callers number of callers
 * @param days how long each called
 * @param calls that they made in all
 * @param accusedDays caller-days on which an incident named the caller
 * @param modelIncidents incidents about the model alone, that accuse nobody
 * @param titles of the incidents that accused somebody, at most 3
 * @param counter callers flagged by the counter rule
 * @param prada callers flagged by PRADA
 * @param peerCallers callers that the peers watched; 0 or all
 */
public record BenignResult(
    Venue world,
    BenignKind kind,
    int callers,
    int days,
    long calls,
    int accusedDays,
    int modelIncidents,
    List<String> titles,
    int counter,
    int prada,
    int peerCallers) {

  /** Days times callers. */
  public int callerDays() {
    return callers * days;
  }
}
