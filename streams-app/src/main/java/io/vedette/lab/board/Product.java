package io.vedette.lab.board;

import io.vedette.core.Exchange;
import io.vedette.lab.Site;
import java.util.function.Consumer;

/** What the scoreboard measures: learns a model's clean traffic once, then watches many runs. */
public interface Product {

  /**
   * Learns.
   *
   * @param clean in order of time; goes on a little beyond {@code untilMicros}
   * @param untilMicros end of learning, microseconds since the epoch
   */
  Learned learn(Iterable<Exchange> clean, long untilMicros);

  /** Learns, and is told of a model what its owner knows: its training rows, what is sensitive. */
  default Learned learn(Site site, Iterable<Exchange> clean, long untilMicros) {
    return learn(clean, untilMicros);
  }

  /** What was learnt; safe to use from several threads. */
  @FunctionalInterface
  interface Learned {

    /** A fresh watcher that tells of every incident activity; used by one thread. */
    Watcher watch(Consumer<Accusation> accusations);
  }

  /** Watches one run. */
  @FunctionalInterface
  interface Watcher {

    /** Takes the next exchange in order of time. */
    void observe(Exchange exchange);
  }
}
