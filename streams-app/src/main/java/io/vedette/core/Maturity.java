package io.vedette.core;

/** How far a detector may act, as in Falco. */
public enum Maturity {
  /** Opens incidents. */
  STABLE,
  /** Reports findings only. */
  INCUBATING,
  /** Off by default. */
  SANDBOX,
  /** Warns at start. */
  DEPRECATED
}
