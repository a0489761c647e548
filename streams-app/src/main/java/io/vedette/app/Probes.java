package io.vedette.app;

import io.vedette.edge.http.Health;
import org.apache.kafka.streams.KafkaStreams.State;

/** What the probes say in each state of Kafka Streams. */
final class Probes {

  private Probes() {}

  /**
   * The answers of all probes.
   *
   * @param started whether it has run once; a restore before that may take long
   * @param blind whether a reader of the console stopped, no reason to restart: detection goes on
   */
  static Health of(State state, boolean started, boolean blind) {
    String detail =
        "streams " + state + (blind ? "; a reader of the console stopped, see the log" : "");
    return new Health(started, ready(state), live(state), detail);
  }

  /** Whether it works: not while partitions move or state is restored. */
  static boolean ready(State state) {
    return state == State.RUNNING;
  }

  /** Whether waiting may help. A restart while state is restored would restore it for ever. */
  static boolean live(State state) {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
      case PENDING_ERROR, ERROR, NOT_RUNNING -> false;
    };
  }

  /** Whether it can never run again, so that the process has to end. */
  static boolean dead(State state) {
    return state == State.ERROR || state == State.NOT_RUNNING;
  }
}
