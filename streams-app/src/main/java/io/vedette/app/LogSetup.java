package io.vedette.app;

import java.util.Locale;

/** Tells logback, before the first logger is made, how to log. */
final class LogSetup {

  private LogSetup() {}

  static void apply(Settings.Log log) {
    System.setProperty("vedette.log.format", log.format().name().toLowerCase(Locale.ROOT));
    System.setProperty("vedette.log.level", log.level().name());
  }
}
