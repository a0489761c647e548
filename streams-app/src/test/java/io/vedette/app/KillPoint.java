package io.vedette.app;

/** Where a process of the kill test halts. */
enum KillPoint {
  /** Some exchanges after a commit, before the next one. */
  BETWEEN_COMMITS,
  /** In the middle of writing the changed states before a commit. */
  AT_COMMIT,
  /** When all changed states are in their changelogs, before the offsets are committed. */
  BEFORE_OFFSETS,
  /** When the first states of a changelog are back. */
  IN_RESTORE,
  /** Nowhere. */
  NEVER
}
