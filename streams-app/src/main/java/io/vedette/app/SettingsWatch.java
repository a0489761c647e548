package io.vedette.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the settings file from time to time and puts in force what may change while the service
 * runs. It compares contents, not times: mounted files are replaced by links. A file that is not
 * valid changes nothing.
 */
final class SettingsWatch implements AutoCloseable {

  static final Duration EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);

  private final Path file;
  private final Map<String, String> environment;
  private final LiveSettings live;
  private final SettingsTally tally;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private byte[] known;

  /**
   * Makes a watch; {@link #start} lets it run.
   *
   * @param environment as at the start; it goes before the file
   * @param tally is told what comes of changed files
   */
  SettingsWatch(
      Path file, Map<String, String> environment, LiveSettings live, SettingsTally tally) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.live = live;
    this.tally = tally;
    this.known = content();
    this.thread = new Thread(this::watch, "settings-watch");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once. */
  void look() {
    byte[] now = content();
    if (now.length == 0 || Arrays.equals(now, known)) {
      return; // a file that is away for a moment is being replaced
    }
    known = now;
    try {
      LiveSettings.Changes changes = live.take(SettingsLoader.load(file, environment));
      changes.waiting().forEach(line -> LOG.warn("takes a restart to be in force: {}", line));
      if (!changes.applied().isEmpty()) {
        AuditLog.changed(live.current(), changes.applied());
      }
      tally.took();
    } catch (SettingsException e) {
      tally.refuse();
      e.errors()
          .forEach(line -> LOG.error("settings file is not valid, nothing changes: {}", line));
    } catch (RuntimeException e) {
      tally.refuse();
      LOG.error("settings file cannot be taken, nothing changes", e);
    }
  }

  /**
   * The bytes of the file, none when it cannot be read. Of one that is longer than settings may be
   * there is one byte more than they may have, so that it differs from all that are valid.
   */
  private byte[] content() {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) SettingsLoader.MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
