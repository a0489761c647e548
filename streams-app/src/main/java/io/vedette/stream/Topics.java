package io.vedette.stream;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The topics of the service, by role.
 *
 * @param requests request halves
 * @param responses response halves
 * @param exchanges whole exchanges
 * @param baselines learnt baselines, compacted
 * @param verdicts analysts' verdicts
 * @param findings findings, written and read back
 * @param incidents incident activities
 * @param actions advice to gateways, compacted
 * @param deadLetters what could not be read or worked off
 * @param read those of the input topics that are read
 * @param foreignKeyed those of the input topics whose records are not keyed by caller
 */
public record Topics(
    String requests,
    String responses,
    String exchanges,
    String baselines,
    String verdicts,
    String findings,
    String incidents,
    String actions,
    String deadLetters,
    Set<String> read,
    Set<String> foreignKeyed) {

  /** The names of the contract. */
  public static final Topics DEFAULT =
      new Topics(
          "inference.requests",
          "inference.responses",
          "inference.exchanges",
          "vedette.baselines",
          "vedette.verdicts",
          "vedette.findings",
          "vedette.incidents",
          "vedette.actions",
          "vedette.deadletter",
          Set.of("inference.requests", "inference.responses", "inference.exchanges"),
          Set.of());

  /** The input topics that are read; they have the same number of partitions. */
  public List<String> inputs() {
    return Stream.of(requests, responses, exchanges).filter(read::contains).toList();
  }

  /**
   * The same topics, fewer of them read. Kafka Streams looks at the empty topics of a task before
   * each record of the others.
   */
  public Topics reading(Set<String> names) {
    return with(names, foreignKeyed);
  }

  /** The same topics, some of them not keyed by caller. */
  Topics withForeignKeyed(Set<String> names) {
    return with(read, names);
  }

  private Topics with(Set<String> inputs, Set<String> foreign) {
    return new Topics(
        requests,
        responses,
        exchanges,
        baselines,
        verdicts,
        findings,
        incidents,
        actions,
        deadLetters,
        inputs,
        foreign);
  }
}
