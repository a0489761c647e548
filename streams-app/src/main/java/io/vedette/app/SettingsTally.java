package io.vedette.app;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What came of the changes of the settings file since the start. Safe for use by several threads.
 *
 * @param applied changed files that were valid
 * @param refused changed files that were not
 * @param stale true while the file is one that was refused, so that the settings before it hold
 */
record SettingsTally(LongAdder applied, LongAdder refused, AtomicBoolean stale) {

  /** Nothing came yet. */
  SettingsTally() {
    this(new LongAdder(), new LongAdder(), new AtomicBoolean());
  }

  /** A changed file was taken. */
  void took() {
    applied.increment();
    stale.set(false);
  }

  /** A changed file was refused. */
  void refuse() {
    refused.increment();
    stale.set(true);
  }
}
