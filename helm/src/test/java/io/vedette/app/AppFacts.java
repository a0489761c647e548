package io.vedette.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What the deployment files must agree with, asked from the service itself. */
public final class AppFacts {

  private AppFacts() {}

  /** Paths of all settings, for example {@code alerting.closeAfter}. */
  public static Set<String> settingKeys() {
    return SettingsKeys.all().keySet();
  }

  /** The settings of a file, by the service's own loader. */
  public static Settings load(Path file) throws SettingsException {
    return SettingsLoader.load(file, Map.of());
  }

  /** The settings of a file and an environment. */
  public static Settings load(Path file, Map<String, String> environment) throws SettingsException {
    return SettingsLoader.load(file, environment);
  }

  /** What a command prints; it must succeed. */
  public static String run(String... args) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.execute(args);
      if (exit != 0) {
        throw new IllegalStateException(args[0] + " exited with " + exit);
      }
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
