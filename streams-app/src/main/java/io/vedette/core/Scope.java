package io.vedette.core;

/** The kind of key that a hypothesis is about; each scope has its own share of false alarms. */
public enum Scope {
  /** One caller on one model. */
  CALLER,
  /** One fingerprint cell of one model, over all callers. */
  CELL,
  /** One model, over all callers. */
  MODEL
}
