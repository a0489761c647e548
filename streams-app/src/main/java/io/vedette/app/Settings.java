package io.vedette.app;

import io.vedette.core.Maturity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the service, validated; {@link SettingsKeys} says what each is and may be. The
 * key of a setting is the path of its record components, for example {@code alerting.closeAfter}.
 */
public record Settings(
    Kafka kafka,
    Registry registry,
    Avro avro,
    Topics topics,
    Ingest ingest,
    Pairing pairing,
    Learning learning,
    Alerting alerting,
    Verdicts verdicts,
    Actions actions,
    Map<String, DetectorSettings> detectors,
    StateSettings state,
    Cells cells,
    Siem siem,
    Http http,
    Log log) {

  /** Detector ids of CONTRACT; the keys of {@link #detectors}. */
  public static final List<String> DETECTORS =
      List.of(
          "extraction",
          "evasion",
          "inversion",
          "membership",
          "distillation",
          "prompt",
          "leakage",
          "drift",
          "poisoning",
          "fairness",
          "provenance",
          "access",
          "cost",
          "coverage");

  /** How the service talks to Kafka; {@code properties} go to Kafka as they are. */
  public record Kafka(
      String bootstrapServers,
      String applicationId,
      Guarantee guarantee,
      GroupProtocol groupProtocol,
      int threads,
      String stateDir,
      Duration commitInterval,
      int replicationFactor,
      Map<String, String> properties) {}

  /** Processing guarantee of Kafka Streams. */
  public enum Guarantee {
    AT_LEAST_ONCE,
    EXACTLY_ONCE_V2
  }

  /** Rebalance protocol of Kafka Streams. */
  public enum GroupProtocol {
    CLASSIC,
    STREAMS
  }

  /** The schema registry; {@code properties} are {@code schema.registry.*} and its kin. */
  public record Registry(String url, Map<String, String> properties) {}

  /** Serializer classes for Avro values; empty means Vedette's own. */
  public record Avro(String serializer, String deserializer) {}

  /** Topic names by role, and how topics are created. */
  public record Topics(
      String requests,
      String responses,
      String exchanges,
      String models,
      String baselines,
      String verdicts,
      String findings,
      String incidents,
      String ocsf,
      String ecs,
      String cef,
      String actions,
      String deadLetters,
      int partitions,
      Duration retention,
      Duration incidentRetention,
      Duration verdictRetention) {

    /** Names by role, in the order of CONTRACT. */
    public Map<String, String> byRole() {
      Map<String, String> names = new LinkedHashMap<>();
      names.put("requests", requests);
      names.put("responses", responses);
      names.put("exchanges", exchanges);
      names.put("models", models);
      names.put("baselines", baselines);
      names.put("verdicts", verdicts);
      names.put("findings", findings);
      names.put("incidents", incidents);
      names.put("ocsf", ocsf);
      names.put("ecs", ecs);
      names.put("cef", cef);
      names.put("actions", actions);
      names.put("deadLetters", deadLetters);
      return names;
    }
  }

  /** What happens before detection: roles of topics that must be keyed anew. */
  public record Ingest(List<String> rekey) {}

  /** How requests wait for their responses. */
  public record Pairing(Duration maxWait, int maxPendingPerCaller) {}

  /** How baselines are learnt. */
  public record Learning(int rows, Duration minDuration, @Nullable Instant until) {}

  /** When incidents open, repeat and close, and which models matter most. */
  public record Alerting(
      double falseAlarmsPerCallerDay,
      Duration closeAfter,
      Duration heartbeat,
      Duration reopenWithin,
      int mostUpdates,
      List<String> criticalModels,
      boolean joinCampaigns) {}

  /** What analysts' verdicts may do. */
  public record Verdicts(Duration longestException) {}

  /** What is recommended to gateways; a confidence of 0 means never. */
  public record Actions(
      List<String> detectors,
      Duration lasts,
      double labelOnlyFrom,
      double throttleFrom,
      double challengeFrom,
      double denyFrom) {}

  /**
   * One detector: on or off, how far it may act (null: its own), whether it is in shadow, and its
   * own numbers; then what only some have: marked features, and fingerprints with their secret.
   */
  public record DetectorSettings(
      boolean enabled,
      @Nullable Maturity maturity,
      boolean shadow,
      Map<String, Double> properties,
      List<String> sensitive,
      String fingerprints,
      String secret,
      String secretFile) {

    static final DetectorSettings DEFAULT =
        new DetectorSettings(true, null, false, Map.of(), List.of(), "", "", "");
  }

  /** Memory for live state. */
  public record StateSettings(long memoryBytes) {}

  /** Fingerprint cells; the salt keeps outsiders from computing them. */
  public record Cells(String salt, String saltFile, int partitions) {}

  /** Which SIEM views are published, and what they say beyond the incident. */
  public record Siem(
      boolean ocsf,
      boolean ecs,
      boolean cef,
      String ocsfVersion,
      String assigneeGroup,
      String runbookUrl,
      String incidentUrl) {}

  /** Where the HTTP edge listens and to whom; a management port of 0 means the same port. */
  public record Http(
      String host,
      int port,
      String managementHost,
      int managementPort,
      int requestsPerSecond,
      int dossiers,
      HttpTls tls,
      HttpAuth auth) {}

  /** PEM files of the HTTP edge, or the word that a proxy in front ends TLS. */
  public record HttpTls(String certificateFile, String keyFile, boolean atProxy) {}

  /** How users of the HTTP edge are recognised. */
  public record HttpAuth(
      List<String> methods,
      List<String> credentials,
      String credentialsFile,
      boolean openBeyondLoopback,
      boolean metrics,
      HttpOidc oidc) {}

  /** Which JWTs are believed; values of the roles claim by role. */
  public record HttpOidc(
      String issuer,
      String jwksUrl,
      String audience,
      List<String> algorithms,
      String nameClaim,
      String rolesClaim,
      List<String> viewers,
      List<String> analysts,
      List<String> admins,
      String caFile,
      Duration clockSkew) {}

  /** What is logged and how. */
  public record Log(LogFormat format, LogLevel level) {}

  /** Shape of log lines. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** Least level that is logged. */
  public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** The settings of a detector, its defaults when nothing was set. */
  public DetectorSettings detector(String id) {
    return detectors.getOrDefault(id, DetectorSettings.DEFAULT);
  }

  /** The settings when nothing is set. */
  public static Settings defaults() {
    return new Settings(
        new Kafka(
            "localhost:9092",
            "vedette",
            Guarantee.AT_LEAST_ONCE,
            GroupProtocol.CLASSIC,
            1,
            "vedette-state",
            Duration.ofSeconds(5),
            -1,
            Map.of()),
        new Registry("http://localhost:8081", Map.of()),
        new Avro("", ""),
        defaultTopics(),
        new Ingest(List.of()),
        new Pairing(Duration.ofSeconds(60), 1000),
        new Learning(5000, Duration.ZERO, null),
        new Alerting(
            1e-4,
            Duration.ofMinutes(60),
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            20,
            List.of(),
            true),
        new Verdicts(Duration.ofDays(90)),
        new Actions(List.of(), Duration.ofHours(26), 0.9, 0.99, 0.999, 0),
        Map.of(),
        new StateSettings(256L << 20),
        new Cells("vedette", "", 6),
        new Siem(true, false, false, "1.8.0", "soc-tier1", "", ""),
        defaultHttp(),
        new Log(LogFormat.TEXT, LogLevel.INFO));
  }

  static Http defaultHttp() {
    HttpOidc oidc =
        new HttpOidc(
            "",
            "",
            "",
            List.of("RS256", "ES256"),
            "sub",
            "roles",
            List.of("vedette-viewer"),
            List.of("vedette-analyst"),
            List.of("vedette-admin"),
            "",
            Duration.ofSeconds(30));
    HttpAuth auth = new HttpAuth(List.of(), List.of(), "", false, true, oidc);
    return new Http("127.0.0.1", 8080, "", 0, 50, 2000, new HttpTls("", "", false), auth);
  }

  static Topics defaultTopics() {
    return new Topics(
        "inference.requests",
        "inference.responses",
        "inference.exchanges",
        "vedette.models",
        "vedette.baselines",
        "vedette.verdicts",
        "vedette.findings",
        "vedette.incidents",
        "vedette.incidents.ocsf",
        "vedette.incidents.ecs",
        "vedette.incidents.cef",
        "vedette.actions",
        "vedette.deadletter",
        6,
        Duration.ofDays(7),
        Duration.ofDays(90),
        Duration.ofDays(730));
  }

  /** The same, learning until an instant. */
  public Settings learnUntil(Instant until) {
    return new Settings(
        kafka,
        registry,
        avro,
        topics,
        ingest,
        pairing,
        new Learning(learning.rows(), learning.minDuration(), until),
        alerting,
        verdicts,
        actions,
        detectors,
        state,
        cells,
        siem,
        http,
        log);
  }

  /** The same, with sensitive features marked. */
  public Settings marking(List<String> sensitive) {
    Map<String, DetectorSettings> marked = new TreeMap<>(detectors);
    DetectorSettings given = detector("inversion");
    marked.put(
        "inversion",
        new DetectorSettings(
            given.enabled(),
            given.maturity(),
            given.shadow(),
            given.properties(),
            List.copyOf(sensitive),
            given.fingerprints(),
            given.secret(),
            given.secretFile()));
    return new Settings(
        kafka, registry, avro, topics, ingest, pairing, learning, alerting, verdicts, actions,
        marked, state, cells, siem, http, log);
  }

  /** Everything that is wrong with these settings, for settings that were built by code. */
  List<String> problems() {
    return SettingsText.problems(this);
  }

  /** The effective settings, one {@code key: value} a line, secrets hidden. */
  public String describe() {
    return SettingsText.describe(this);
  }

  /** SHA-256, hex, over the settings that decide what is found; without secrets. */
  public String configHash() {
    return SettingsText.configHash(this);
  }

  @Override
  public String toString() {
    return describe(); // a record's own would show the secrets
  }
}
