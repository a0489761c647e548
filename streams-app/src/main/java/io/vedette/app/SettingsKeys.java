package io.vedette.app;

import io.vedette.detect.inversion.InversionConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every setting is and may be: the one list behind validation, errors and the reference. */
final class SettingsKeys {

  /**
   * One setting.
   *
   * @param path its key
   * @param text what it is
   * @param allowed what it may be, to follow "must be"
   * @param check true for allowed values of the right type
   */
  record Key(String path, String text, String allowed, Predicate<Object> check) {}

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)password|passphrase|secret|token|user\\.info|jaas|salt|credential|keystore\\.key");
  private static final Pattern DETECTOR = Pattern.compile("^detectors\\.[a-z]+\\.");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final List<String> ROLES = List.of("requests", "responses", "exchanges");
  private static final Map<String, Key> ALL = keys();

  private SettingsKeys() {}

  /** All keys by path, in the order of the records. */
  static Map<String, Key> all() {
    return ALL;
  }

  /** The key that describes a path; null for paths inside free maps and for unknown ones. */
  static @Nullable Key of(String path) {
    return ALL.get(DETECTOR.matcher(path).replaceFirst("detectors.<id>."));
  }

  /** True for keys whose values are never shown. */
  static boolean secret(String path) {
    return SECRET.matcher(path).find();
  }

  /** True for keys that decide what is found, not where and how fast the service runs. */
  static boolean decides(String path) {
    return path.startsWith("pairing.")
        || path.startsWith("learning.")
        || path.startsWith("alerting.")
        || path.startsWith("detectors.");
  }

  private static Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    kafka(keys);
    topics(keys);
    detection(keys);
    siem(keys);
    service(keys);
    return Collections.unmodifiableMap(keys);
  }

  private static void kafka(Map<String, Key> keys) {
    text(keys, "kafka.bootstrapServers", "Brokers to start from, host:port, comma-separated", 1);
    add(
        keys,
        "kafka.applicationId",
        "Kafka Streams application id: group name, prefix of internal topics and ACLs",
        "1 to 200 of the characters a-z A-Z 0-9 . _ -",
        v -> TOPIC.matcher((String) v).matches() && ((String) v).length() <= 200);
    any(keys, "kafka.guarantee", "Processing guarantee", "at_least_once or exactly_once_v2");
    any(keys, "kafka.groupProtocol", "Rebalance protocol", "classic or streams");
    range(keys, "kafka.threads", "Stream threads; at most one per input partition", 1, 256);
    text(keys, "kafka.stateDir", "Directory of local state", 1);
    span(
        keys,
        "kafka.commitInterval",
        "Time between commits; at most PT0.1S is taken with exactly_once_v2, whose results are"
            + " seen only then",
        "PT0.01S",
        "PT10M");
    add(
        keys,
        "kafka.replicationFactor",
        "Replicas of internal topics; -1 is the brokers' default",
        "-1 or a whole number from 1 to 16",
        v -> (int) v == -1 || ((int) v >= 1 && (int) v <= 16));
    any(
        keys,
        "kafka.properties",
        "Further properties of Kafka Streams, consumers and producers, handed on as they are",
        "a map of texts");
    add(
        keys,
        "registry.url",
        "Schema registry, several comma-separated",
        "http:// or https:// addresses",
        v -> List.of(((String) v).split(",")).stream().allMatch(u -> u.matches("https?://[^ ]+")));
    any(
        keys,
        "registry.properties",
        "Keys of schema.registry.*, basic.auth.*, bearer.auth.*; secrets by the config providers"
            + " named here or in kafka.properties",
        "a map of texts");
    text(keys, "avro.serializer", "Kafka serializer class for Avro; empty is Vedette's own", 0);
    text(keys, "avro.deserializer", "Kafka deserializer class for Avro; empty is Vedette's own", 0);
  }

  private static void topics(Map<String, Key> keys) {
    for (String role : Settings.defaultTopics().byRole().keySet()) {
      add(
          keys,
          "topics." + role,
          "Name of the topic of " + role,
          "1 to 249 of the characters a-z A-Z 0-9 . _ -",
          v -> TOPIC.matcher((String) v).matches());
    }
    range(keys, "topics.partitions", "Partitions of topics that Vedette creates", 1, 10_000);
    span(
        keys, "topics.retention", "Retention of traffic, findings, dead letters", "PT1H", "P3650D");
    span(
        keys,
        "topics.incidentRetention",
        "Retention of incidents and SIEM views",
        "PT1H",
        "P3650D");
    span(keys, "topics.verdictRetention", "Retention of verdicts", "PT1H", "P3650D");
  }

  private static void detection(Map<String, Key> keys) {
    add(
        keys,
        "ingest.rekey",
        "Input roles whose records are not keyed by tenant|principal and are keyed anew",
        "a list of requests, responses, exchanges",
        v -> ROLES.containsAll((List<?>) v));
    span(keys, "pairing.maxWait", "How long a request waits for its response", "PT1S", "PT1H");
    range(keys, "pairing.maxPendingPerCaller", "Unanswered requests kept per caller", 1, 100_000);
    range(keys, "learning.rows", "Rows per model version that make a baseline", 200, 10_000_000);
    span(keys, "learning.minDuration", "Least span of time that a baseline covers", "PT0S", "P90D");
    any(
        keys,
        "learning.until",
        "Traffic before this time is learnt from and raises only deterministic findings",
        "an instant such as 2026-03-01T00:00:00Z, or empty");
    add(
        keys,
        "alerting.falseAlarmsPerCallerDay",
        "False incidents that a benign caller may cause per day, all detectors together",
        "a number above 0 and at most 0.1",
        v -> (double) v > 0 && (double) v <= 0.1);
    span(keys, "alerting.closeAfter", "Quiet time after which an incident closes", "PT1M", "P30D");
    span(
        keys,
        "alerting.heartbeat",
        "An open incident is repeated after this long while findings come, then after twice as long"
            + " each time, up to a day",
        "PT1S",
        "P1D");
    span(
        keys,
        "alerting.reopenWithin",
        "A subject that comes back within this time opens the same incident again",
        "PT0S",
        "P7D");
    range(
        keys,
        "alerting.mostUpdates",
        "Updates of one incident, of which 9 may be held back for escalations; beyond them it"
            + " speaks once a day",
        10,
        1000);
    names(keys, "alerting.criticalModels", "Models whose incidents are one severity higher", 1000);
    any(
        keys,
        "alerting.joinCampaigns",
        "Whether incidents of accounts go into the open incident of their campaign",
        "true or false");
    responses(keys);
    any(keys, "detectors.<id>.enabled", "Whether the detector runs", "true or false");
    any(
        keys,
        "detectors.<id>.maturity",
        "How far it may act: stable opens incidents, incubating and deprecated report findings only"
            + " (deprecated warns at start), sandbox is off; empty is its own",
        "stable, incubating, sandbox, deprecated, or empty");
    any(
        keys,
        "detectors.<id>.shadow",
        "Its findings are published and marked, and what it would have opened is counted; it opens"
            + " no incident and gives no advice",
        "true or false");
    any(
        keys,
        "detectors.<id>.properties",
        "The detector's own numbers, listed below",
        "a map of finite numbers");
    add(
        keys,
        "detectors.<id>.sensitive",
        "inversion only: features that nobody needs to vary for one person, by index from 0 or by"
            + " name of a category",
        "a list of feature or model:feature",
        v -> ((List<?>) v).stream().allMatch(m -> InversionConfig.isMark((String) m)));
    text(
        keys,
        "detectors.<id>.fingerprints",
        "membership only: file of the fingerprints of training rows and decoys",
        0);
    text(keys, "detectors.<id>.secret", "membership only: secret of the fingerprints", 0);
    text(
        keys,
        "detectors.<id>.secretFile",
        "membership only: file that holds the secret; goes before secret",
        0);
  }

  private static void responses(Map<String, Key> keys) {
    span(
        keys,
        "verdicts.longestException",
        "An exception ends this long after its verdict at the latest",
        "PT1H",
        "P365D");
    add(
        keys,
        "actions.detectors",
        "Detectors whose incidents recommend actions to gateways; empty for none",
        "a list of detector ids",
        v -> Settings.DETECTORS.containsAll((List<?>) v));
    span(keys, "actions.lasts", "How long a recommended action holds", "PT1M", "P30D");
    confidence(keys, "actions.labelOnlyFrom", "labels without probabilities are");
    confidence(keys, "actions.throttleFrom", "throttling is");
    confidence(keys, "actions.challengeFrom", "a challenge is");
    confidence(keys, "actions.denyFrom", "denial is");
  }

  private static void confidence(Map<String, Key> keys, String path, String what) {
    add(
        keys,
        path,
        "Confidence from which " + what + " recommended; 0 for never",
        "a number from 0 to 1",
        v -> (double) v >= 0 && (double) v <= 1);
  }

  private static void names(Map<String, Key> keys, String path, String text, int most) {
    add(
        keys,
        path,
        text,
        "a list of at most " + most + " names",
        v -> ((List<?>) v).size() <= most);
  }

  private static void siem(Map<String, Key> keys) {
    any(keys, "siem.ocsf", "Publish OCSF events to topics.ocsf", "true or false");
    any(keys, "siem.ecs", "Publish Elastic Common Schema documents to topics.ecs", "true or false");
    any(keys, "siem.cef", "Publish CEF lines to topics.cef", "true or false");
    add(
        keys,
        "siem.ocsfVersion",
        "Version that OCSF events name; the fields are valid in both",
        "1.8.0 or 1.9.0",
        v -> List.of("1.8.0", "1.9.0").contains((String) v));
    text(keys, "siem.assigneeGroup", "Group that OCSF incidents are assigned to", 1);
    add(
        keys,
        "siem.runbookUrl",
        "Address of your runbooks; {detector} in it is replaced",
        "an http:// or https:// address, or empty",
        v -> ((String) v).matches("(https?://\\S{1,1000})?"));
    add(
        keys,
        "siem.incidentUrl",
        "Address of an incident's page; {incident} in it is replaced",
        "an http:// or https:// address, or empty",
        v -> ((String) v).matches("(https?://\\S{1,1000})?"));
  }

  private static void service(Map<String, Key> keys) {
    add(
        keys,
        "state.memoryBytes",
        "Memory for the live state, which is kept per caller and model",
        "16MiB to 64GiB, in bytes or with KiB, MiB, GiB",
        v -> (long) v >= 16L << 20 && (long) v <= 64L << 30);
    text(keys, "cells.salt", "Secret that salts fingerprint cells; choose your own", 1);
    text(keys, "cells.saltFile", "File that holds the salt; goes before cells.salt", 0);
    range(keys, "cells.partitions", "Partitions of the fingerprint cells", 1, 10_000);
    SettingsHttpKeys.addAll(keys);
    any(keys, "log.format", "Shape of log lines", "text or json");
    any(keys, "log.level", "Least level of Vedette's own log", "trace, debug, info, warn or error");
  }

  static void add(
      Map<String, Key> keys, String path, String text, String allowed, Predicate<Object> check) {
    keys.put(path, new Key(path, text, allowed, check));
  }

  static void any(Map<String, Key> keys, String path, String text, String allowed) {
    add(keys, path, text, allowed, v -> true);
  }

  static void text(Map<String, Key> keys, String path, String text, int shortest) {
    String allowed = shortest == 0 ? "at most 1024 characters" : "1 to 1024 characters";
    add(keys, path, text, allowed, v -> length(v) >= shortest && length(v) <= 1024);
  }

  private static int length(Object text) {
    return ((String) text).length();
  }

  static void range(Map<String, Key> keys, String path, String text, int min, int max) {
    String allowed = "a whole number from " + min + " to " + max;
    add(keys, path, text, allowed, v -> (int) v >= min && (int) v <= max);
  }

  static void span(Map<String, Key> keys, String path, String text, String min, String max) {
    Duration least = Duration.parse(min);
    Duration most = Duration.parse(max);
    add(
        keys,
        path,
        text,
        "a duration from " + min + " to " + max,
        v -> least.compareTo((Duration) v) <= 0 && most.compareTo((Duration) v) >= 0);
  }
}
