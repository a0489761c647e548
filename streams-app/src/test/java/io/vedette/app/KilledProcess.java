package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** Runs {@link KillServiceChild} in a process of its own. */
final class KilledProcess {

  private static final Duration LIMIT = Duration.ofSeconds(100);

  private KilledProcess() {}

  /**
   * Runs it until it halts.
   *
   * @param rest arguments after the point
   */
  static void kill(Path settings, KillPoint point, String... rest) throws Exception {
    Process child = start(settings, point, rest);
    boolean ended;
    try {
      ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      child.destroyForcibly(); // also when the test was interrupted: the build waits for it
    }
    assertThat(ended).as("halts at %s", point).isTrue();
    assertThat(child.exitValue()).as("exit at %s", point).isEqualTo(KillServiceChild.HALTED);
  }

  /** Runs it until all is worked off. */
  static void toTheEnd(Path settings, String... rest) throws Exception {
    Settings read = SettingsLoader.load(settings, Map.of());
    Process child = start(settings, KillPoint.NEVER, rest);
    try {
      await().atMost(LIMIT).until(() -> !child.isAlive() || Outcome.isWorkedOff(read));
      assertThat(child.isAlive()).isTrue();
    } catch (ConditionTimeoutException e) {
      // What it waits for is all that can be learnt of it.
      String pid = Long.toString(child.pid());
      new ProcessBuilder("jstack", pid).inheritIO().start().waitFor();
      throw e;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path settings, KillPoint point, String... rest) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                KillServiceChild.class.getName(),
                settings.toString(),
                point.name()));
    command.addAll(List.of(rest));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
