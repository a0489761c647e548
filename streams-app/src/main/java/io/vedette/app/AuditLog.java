package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.edge.http.Judgement;
import io.vedette.stream.Authors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wrote what that decides over incidents, when and where: lines of a logger of its own, which
 * the level of the log does not silence. Never secrets.
 */
final class AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger(Authors.AUDIT);
  private static final String LAST = "last-settings";
  private static final int MOST_CHANGES = 50;

  private AuditLog() {}

  /** The user of this machine, for what is written without a login. */
  static String user() {
    return System.getProperty("user.name", "unknown");
  }

  /** A verdict that has been written. */
  static void verdict(Judgement judgement, RecordMetadata at) {
    var line =
        LOG.atInfo()
            .addKeyValue("who", judgement.analyst())
            .addKeyValue("incident", judgement.incidentId())
            .addKeyValue("verdict", judgement.kind())
            .addKeyValue("at", at);
    Judgement.Scope scope = judgement.scope();
    if (scope != null) {
      line = line.addKeyValue("tenant", scope.tenant()).addKeyValue("principal", scope.principal());
      line = line.addKeyValue("model", scope.model()).addKeyValue("detector", scope.detector());
    }
    if (judgement.untilMicros() != null) {
      line = line.addKeyValue("untilMicros", judgement.untilMicros());
    }
    line.log("verdict written");
  }

  /** A baseline that has been published. */
  static void baseline(Baseline baseline, String who, RecordMetadata at) {
    LOG.atInfo()
        .addKeyValue("who", who)
        .addKeyValue("baseline", baseline.modelKey())
        .addKeyValue("rows", baseline.rows())
        .addKeyValue("calibration", baseline.calibrationId())
        .addKeyValue("at", at)
        .log("baseline published");
  }

  /**
   * The settings that a service starts with, and what has changed since it last started with this
   * state directory.
   */
  static void settings(Settings settings) {
    Path directory = Path.of(settings.kafka().stateDir());
    Path last = directory.resolve(settings.kafka().applicationId() + '.' + LAST);
    String now = settings.describe();
    List<String> changed = List.of();
    try {
      Files.createDirectories(directory);
      changed = Files.exists(last) ? changes(Files.readString(last), now) : List.of();
      Files.writeString(last, now, StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.warn("settings of the last start cannot be kept in {}", last, e);
    }
    LOG.atInfo()
        .addKeyValue("who", user())
        .addKeyValue("version", Version.text())
        .addKeyValue("config", settings.configHash())
        .addKeyValue("changed", String.join("; ", changed))
        .log("service starts with settings");
  }

  /** Settings that changed while the service runs. */
  static void changed(Settings now, List<String> changes) {
    Path directory = Path.of(now.kafka().stateDir());
    Path last = directory.resolve(now.kafka().applicationId() + '.' + LAST);
    try {
      Files.createDirectories(directory);
      Files.writeString(last, now.describe(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.warn("settings in force cannot be kept in {}", last, e);
    }
    LOG.atInfo()
        .addKeyValue("who", user())
        .addKeyValue("config", now.configHash())
        .addKeyValue("changed", String.join("; ", changes))
        .log("settings changed");
  }

  /** Settings that differ, secrets hidden as they are in both. */
  static List<String> changes(String before, String now) {
    Map<String, String> old = new HashMap<>();
    before.lines().forEach(line -> old.put(key(line), line));
    List<String> changes = new ArrayList<>();
    for (String line : now.lines().toList()) {
      String known = old.remove(key(line));
      if (!line.equals(known)) {
        changes.add((known == null ? "unset " + key(line) : known) + " -> " + line);
      }
    }
    old.values().stream().sorted().forEach(line -> changes.add(line + " -> unset"));
    return changes.size() <= MOST_CHANGES ? changes : changes.subList(0, MOST_CHANGES);
  }

  private static String key(String line) {
    int colon = line.indexOf(": ");
    return colon < 0 ? line : line.substring(0, colon);
  }
}
