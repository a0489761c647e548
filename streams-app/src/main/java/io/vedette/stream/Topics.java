package io.vedette.stream;

import java.util.List;
import java.util.Set;

/**
 * The topics of the service, by role.
 *
 * @param requests request halves
 * @param responses response halves
 * @param exchanges whole exchanges
 * @param baselines learnt baselines, compacted
 * @param models policies of models, compacted
 * @param verdicts analysts' verdicts
 * @param findings findings, written and read back
 * @param incidents incident activities
 * @param actions advice to gateways, compacted
 * @param deadLetters what could not be read or worked off
 * @param foreignKeyed those of the input topics whose records are not keyed by caller
 */
public record Topics(
    String requests,
    String responses,
    String exchanges,
    String baselines,
    String models,
    String verdicts,
    String findings,
    String incidents,
    String actions,
    String deadLetters,
    Set<String> foreignKeyed) {

  /** The names of the contract. */
  public static final Topics DEFAULT =
      new Topics(
          "inference.requests",
          "inference.responses",
          "inference.exchanges",
          "vedette.baselines",
          "vedette.models",
          "vedette.verdicts",
          "vedette.findings",
          "vedette.incidents",
          "vedette.actions",
          "vedette.deadletter",
          Set.of());

  /** The input topics; they have the same number of partitions. */
  public List<String> inputs() {
    return List.of(requests, responses, exchanges);
  }

  /** The same topics, some of them not keyed by caller. */
  Topics withForeignKeyed(Set<String> names) {
    return new Topics(
        requests,
        responses,
        exchanges,
        baselines,
        models,
        verdicts,
        findings,
        incidents,
        actions,
        deadLetters,
        names);
  }
}
