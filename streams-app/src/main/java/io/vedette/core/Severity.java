package io.vedette.core;

/** Impact if true, the scale of OCSF. */
public enum Severity {
  INFORMATIONAL(1),
  LOW(2),
  MEDIUM(3),
  HIGH(4),
  CRITICAL(5);

  private final int level;

  Severity(int level) {
    this.level = level;
  }

  /** OCSF {@code severity_id}, 1..5. */
  public int level() {
    return level;
  }
}
