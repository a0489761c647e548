package io.vedette.core;

/** Stages of an attack on a model, in the order in which they usually follow one another. */
public enum IncidentStage {
  /** An account or key is used that should not be. */
  ACCESS,
  /** The model and what it answers are explored. */
  RECONNAISSANCE,
  /** The model is copied by asking it. */
  EXTRACTION,
  /** Inputs are searched for that the model gets wrong. */
  CRAFTING,
  /** Such inputs are used. */
  EVASION,
  /** Training data or secrets leave through the answers. */
  EXFILTRATION
}
