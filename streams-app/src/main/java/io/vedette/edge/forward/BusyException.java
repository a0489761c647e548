package io.vedette.edge.forward;

import java.io.IOException;
import java.time.Duration;

/** The receiver asked to come back later. */
final class BusyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Duration wait;

  BusyException(String reason, Duration wait) {
    super(reason);
    this.wait = wait;
  }

  /** How long it wants to be left alone. */
  Duration pause() {
    return wait;
  }
}
