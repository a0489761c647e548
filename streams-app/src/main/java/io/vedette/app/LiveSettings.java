package io.vedette.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The settings in force: those of the start, of which {@code alerting} and {@code actions} may
 * change while the service runs. Everything else shapes the topology, the states or the
 * connections, and stays. Safe for use by several threads.
 */
final class LiveSettings {

  private volatile InForce inForce;

  private record InForce(Settings settings, String hash) {}

  /**
   * What came of a change; keys and values, secrets hidden.
   *
   * @param applied what is in force now
   * @param waiting what needs a restart
   */
  record Changes(List<String> applied, List<String> waiting) {}

  /** The settings of the start. */
  LiveSettings(Settings start) {
    this.inForce = new InForce(start, start.configHash());
  }

  /** The settings in force. */
  Settings current() {
    return inForce.settings();
  }

  /** {@link Settings#configHash} of them, which every incident is written with. */
  String configHash() {
    return inForce.hash();
  }

  /**
   * Puts in force what may change.
   *
   * @param read valid settings; advice to gateways is only switched on or off by a restart, because
   *     it is a part of the topology
   * @throws SettingsException when what may change does not fit what may not; nothing is changed
   */
  synchronized Changes take(Settings read) throws SettingsException {
    Settings now = inForce.settings();
    boolean actions = now.actions().detectors().isEmpty() == read.actions().detectors().isEmpty();
    Settings next =
        new Settings(
            now.kafka(),
            now.registry(),
            now.avro(),
            now.topics(),
            now.ingest(),
            now.pairing(),
            now.learning(),
            read.alerting(),
            now.verdicts(),
            actions ? read.actions() : now.actions(),
            now.detectors(),
            now.state(),
            now.cells(),
            now.siem(),
            now.http(),
            now.log());
    List<String> problems = next.problems();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    inForce = new InForce(next, next.configHash());
    return changes(now, read, actions);
  }

  private static Changes changes(Settings now, Settings read, boolean actions) {
    Map<String, String> before = SettingsText.flat(now);
    Map<String, String> after = SettingsText.flat(read);
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    Changes changes = new Changes(new ArrayList<>(), new ArrayList<>());
    for (String key : keys) {
      String old = before.getOrDefault(key, "");
      String fresh = after.getOrDefault(key, "");
      if (!old.equals(fresh)) {
        String line =
            key + ": " + SettingsText.shown(key, old) + " -> " + SettingsText.shown(key, fresh);
        boolean live = key.startsWith("alerting.") || (actions && key.startsWith("actions."));
        (live ? changes.applied() : changes.waiting()).add(line);
      }
    }
    return changes;
  }
}
