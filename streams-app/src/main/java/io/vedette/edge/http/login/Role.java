package io.vedette.edge.http.login;

/** What a user may do; each role includes those before it. */
public enum Role {
  /** Reads incidents, dossiers, detectors, metrics and the console. */
  VIEWER,
  /** Writes verdicts, and exceptions for one caller or model. */
  ANALYST,
  /** Writes exceptions for a whole tenant. */
  ADMIN;

  /** True when this role may do what the other may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
