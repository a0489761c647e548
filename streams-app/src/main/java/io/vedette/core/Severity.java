package io.vedette.core;

/** Impact if true, the scale of OCSF. */
public enum Severity {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
