package io.vedette.lab.board;

import io.vedette.core.Exchange;

/** A published rule that flags single accounts; for comparison on the same traffic. */
interface Peer {

  /** Takes an account's next call; true when the rule flags the account at it. */
  boolean flags(Exchange exchange);
}
