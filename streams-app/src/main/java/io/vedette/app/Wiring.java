package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.core.Action;
import io.vedette.core.Detector;
import io.vedette.core.Maturity;
import io.vedette.core.Profile;
import io.vedette.core.Property;
import io.vedette.core.State;
import io.vedette.correlate.Advice;
import io.vedette.correlate.Alerting;
import io.vedette.correlate.IncidentBook;
import io.vedette.correlate.ResponsePolicy;
import io.vedette.correlate.ShadowBook;
import io.vedette.detect.CallerEngine;
import io.vedette.detect.CellEngine;
import io.vedette.detect.Crowd;
import io.vedette.detect.Learning;
import io.vedette.detect.ModelEngine;
import io.vedette.detect.ModelUpdates;
import io.vedette.detect.Observation;
import io.vedette.detect.PaneWindow;
import io.vedette.detect.drift.Drift;
import io.vedette.detect.drift.DriftConfig;
import io.vedette.detect.evasion.Evasion;
import io.vedette.detect.extraction.Extraction;
import io.vedette.detect.inversion.Inversion;
import io.vedette.detect.inversion.InversionConfig;
import io.vedette.detect.membership.Fingerprints;
import io.vedette.detect.membership.Membership;
import io.vedette.detect.membership.MembershipConfig;
import io.vedette.state.LiveStoreOptions;
import io.vedette.state.OutboxOptions;
import io.vedette.stats.SipHash;
import io.vedette.stream.Counters;
import io.vedette.stream.EngineFactory;
import io.vedette.stream.Engines;
import io.vedette.stream.Outlets;
import io.vedette.stream.PairingLimits;
import io.vedette.stream.StageSettings;
import io.vedette.stream.TopicSerdes;
import io.vedette.stream.Topics;
import io.vedette.wire.BaselineRecord;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The composition root: makes engines, serdes and stage settings from the settings. */
public final class Wiring {

  private static final long CELLS_PER_DAY = 100_000;

  private final Settings settings; // of the start
  private final LiveSettings live;
  private final Fingerprints fingerprints;
  private final Map<String, Advice> advice;

  /**
   * A composition by the settings.
   *
   * @throws java.io.UncheckedIOException when the file of fingerprints cannot be read
   */
  public Wiring(Settings settings) {
    this(settings, FingerprintFile.of(settings));
  }

  /** A composition by settings of which some may change. */
  Wiring(LiveSettings live) {
    this(live, FingerprintFile.of(live.current()));
  }

  /** A composition by the settings, with fingerprints of its own. */
  public Wiring(Settings settings, Fingerprints fingerprints) {
    this(new LiveSettings(settings), fingerprints);
  }

  private Wiring(LiveSettings live, Fingerprints fingerprints) {
    this.settings = live.current();
    this.live = live;
    this.fingerprints = fingerprints;
    this.advice = SiemViews.advice(settings);
  }

  /** The detectors that are built in, in the order of the catalogue. */
  static List<Profile> profiles() {
    return List.of(
        Extraction.PROFILE, Evasion.PROFILE, Inversion.PROFILE, Membership.PROFILE, Drift.PROFILE);
  }

  /** What may be set of a detector; empty when it has no numbers of its own or is not built in. */
  static List<Property> properties(String detector) {
    return switch (detector) {
      case "drift" -> DriftConfig.PROPERTIES;
      case "membership" -> MembershipConfig.PROPERTIES;
      default -> List.of();
    };
  }

  /** Makes the engines of a task; their detectors are not counted. */
  public EngineFactory engines() {
    return baselines -> engines(baselines, null, new Counters());
  }

  /** The same, and counts what detectors in shadow would do. */
  EngineFactory replayEngines(Counters counters) {
    return baselines -> engines(baselines, null, counters);
  }

  /** Makes the engines of a task, their detectors counted and timed. */
  EngineFactory engines(Counters counters) {
    return baselines -> engines(baselines, counters, counters);
  }

  private Engines engines(Baselines baselines, @Nullable Counters counters, Counters shadows) {
    List<Detector<? extends State, Observation>> callers = callerDetectors(counters);
    List<Detector<? extends State, PaneWindow>> models = new ArrayList<>();
    if (enabled(Drift.PROFILE)) {
      DriftConfig config = DriftConfig.of(settings.detector(Drift.PROFILE.id()).properties());
      models.add(watched(Drift.detector(config), counters));
    }
    // Not counted: each exchange counts once, with its caller.
    Crowd crowd = new Crowd(callerDetectors(null), baselines, salt());
    // A detector that opens no incident has no part of the evidence either.
    int stable =
        (int) callers.stream().filter(d -> d.profile().maturity() == Maturity.STABLE).count();
    return new Engines(
        new CallerEngine(callers, baselines, salt(), untilMicros(), enabled(Evasion.PROFILE)),
        new CellEngine<>(watched(Evasion.cells(baselines), counters)),
        new ModelEngine(models, crowd, baselines, learning()),
        new ReloadingBook(
            () -> live.current().alerting(),
            alerting ->
                new ShadowBook(
                    new IncidentBook(alerting(alerting), stable, advice),
                    new IncidentBook(alerting(alerting), stable + 1),
                    tally(shadows))),
        ModelUpdates::read);
  }

  private static ShadowBook.Tally tally(Counters counters) {
    return new ShadowBook.Tally() {
      @Override
      public void finding(String detector) {
        counters.detector(detector).shadowFindings.increment();
      }

      @Override
      public void incident(String detector) {
        counters.detector(detector).shadowIncidents.increment();
      }
    };
  }

  List<Detector<? extends State, Observation>> callerDetectors() {
    return callerDetectors(null);
  }

  private List<Detector<? extends State, Observation>> callerDetectors(
      @Nullable Counters counters) {
    List<Detector<? extends State, Observation>> callers = new ArrayList<>();
    if (enabled(Extraction.PROFILE)) {
      callers.add(watched(Extraction.detector(), counters));
    }
    if (enabled(Evasion.PROFILE)) {
      callers.add(watched(Evasion.callers(), counters));
    }
    if (enabled(Inversion.PROFILE)) {
      callers.add(watched(Inversion.detector(inversion()), counters));
    }
    if (enabled(Membership.PROFILE)) {
      callers.add(watched(Membership.detector(membership()), counters));
    }
    return callers;
  }

  private InversionConfig inversion() {
    return InversionConfig.of(settings.detector(Inversion.PROFILE.id()).sensitive());
  }

  private MembershipConfig membership() {
    return MembershipConfig.of(
        settings.detector(Membership.PROFILE.id()).properties(), fingerprints);
  }

  private <S extends State, E> Detector<S, E> watched(
      Detector<S, E> detector, @Nullable Counters counters) {
    Profile profile = detector.profile();
    Maturity maturity = maturity(profile);
    Detector<S, E> acting =
        shadow(profile)
            ? WatchedDetector.shadow(detector)
            : maturity == profile.maturity()
                ? detector
                : WatchedDetector.acting(detector, maturity);
    return counters == null
        ? acting
        : new WatchedDetector<>(acting, counters.detector(profile.id()), System::nanoTime);
  }

  /** How far a detector may act: as set, or as it comes. */
  Maturity maturity(Profile profile) {
    Maturity set = settings.detector(profile.id()).maturity();
    return set == null ? profile.maturity() : set;
  }

  /** Whether a detector runs. */
  boolean enabled(Profile profile) {
    return settings.detector(profile.id()).enabled() && maturity(profile) != Maturity.SANDBOX;
  }

  /** Whether a detector runs without acting. */
  boolean shadow(Profile profile) {
    return settings.detector(profile.id()).shadow();
  }

  /** Detectors that run although they are deprecated, by id. */
  List<String> deprecated() {
    return profiles().stream()
        .filter(p -> enabled(p) && maturity(p) == Maturity.DEPRECATED)
        .map(Profile::id)
        .toList();
  }

  long salt() {
    SipHash hash = SipHash.of(settings.cells().salt(), "cells");
    hash.start();
    return hash.finish();
  }

  Learning learning() {
    return new Learning(
        settings.learning().rows(), micros(settings.learning().minDuration()), untilMicros());
  }

  private long untilMicros() {
    Instant until = settings.learning().until();
    return until == null ? Long.MIN_VALUE : micros(until);
  }

  private static Alerting alerting(Settings.Alerting alerting) {
    return new Alerting(
        alerting.falseAlarmsPerCallerDay(),
        CELLS_PER_DAY,
        micros(alerting.heartbeat()),
        micros(alerting.closeAfter()),
        micros(alerting.reopenWithin()),
        alerting.mostUpdates(),
        Set.copyOf(alerting.criticalModels()),
        alerting.joinCampaigns());
  }

  /** What is published of incidents: the views that are on, and advice to gateways. */
  public Outlets outlets() {
    return new Outlets(SiemViews.of(settings), this::responses, this::writer);
  }

  /** Version and hash of the settings, for records that say who wrote them. */
  String writer() {
    return Version.text() + ' ' + live.configHash();
  }

  private ResponsePolicy responses() {
    Settings.Actions actions = live.current().actions();
    Map<Action.Kind, Double> from = new EnumMap<>(Action.Kind.class);
    from.put(Action.Kind.LABEL_ONLY, actions.labelOnlyFrom());
    from.put(Action.Kind.THROTTLE, actions.throttleFrom());
    from.put(Action.Kind.CHALLENGE, actions.challengeFrom());
    from.put(Action.Kind.DENY, actions.denyFrom());
    from.values().removeIf(confidence -> confidence == 0);
    return new ResponsePolicy(Set.copyOf(actions.detectors()), micros(actions.lasts()), from);
  }

  /** How the stages keep their state. */
  public StageSettings stages() {
    PairingLimits pairing = PairingLimits.DEFAULT;
    return new StageSettings(
        new LiveStoreOptions(
            true, Math.max(1, settings.state().memoryBytes()), Duration.ofDays(7), false),
        new PairingLimits(
            settings.pairing().maxWait(),
            settings.pairing().maxPendingPerCaller(),
            pairing.maxPerTask(),
            pairing.maxHeld()),
        OutboxOptions.DEFAULT,
        Duration.ofMillis(100),
        settings.cells().partitions(),
        settings.cells().partitions(),
        settings.verdicts().longestException());
  }

  Topics topics() {
    Settings.Topics t = settings.topics();
    return new Topics(
        t.requests(),
        t.responses(),
        t.exchanges(),
        t.baselines(),
        t.models(),
        t.verdicts(),
        t.findings(),
        t.incidents(),
        t.actions(),
        t.deadLetters(),
        settings.ingest().rekey().stream()
            .map(role -> t.byRole().get(role))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Settings of the serdes: registry and Avro keys as Confluent names them. */
  Map<String, String> wireSettings() {
    Map<String, String> wire = new HashMap<>(RegistryLogin.properties(settings));
    if (!settings.avro().serializer().isEmpty()) {
      wire.put("avro.serializer", settings.avro().serializer());
    }
    if (!settings.avro().deserializer().isEmpty()) {
      wire.put("avro.deserializer", settings.avro().deserializer());
    }
    return wire;
  }

  /** The serdes of the topics. */
  public static TopicSerdes serdes(WireSerdes wire) {
    return new TopicSerdes(
        wire.requests(),
        wire.responses(),
        wire.exchanges(),
        wire.storedExchanges(),
        wire.findings(),
        wire.incidents(),
        baselines(wire.baselines()),
        wire.verdicts(),
        wire.policies(),
        wire.actions(),
        WireSerdes::plain);
  }

  /** Baselines in core's words over their records. */
  private static Serde<Baseline> baselines(Serde<BaselineRecord> records) {
    return Serdes.serdeFrom(
        (topic, baseline) -> records.serializer().serialize(topic, record(baseline)),
        (topic, bytes) -> baseline(records.deserializer().deserialize(topic, bytes)));
  }

  private static @Nullable BaselineRecord record(@Nullable Baseline b) {
    return b == null
        ? null
        : new BaselineRecord(
            b.model(),
            b.version(),
            b.createdAtMicros(),
            b.calibrationId(),
            b.finished(),
            b.rows(),
            b.frame().numeric(),
            b.profile());
  }

  @SuppressWarnings("NullAway") // Kafka passes null through serdes; its interface does not say so
  private static Baseline baseline(@Nullable BaselineRecord r) {
    if (r == null) {
      return null;
    }
    try {
      return Baseline.read(
          r.model(),
          r.version(),
          r.createdAtMicros(),
          r.calibrationId(),
          r.finished(),
          r.profile());
    } catch (IOException e) {
      throw new SerializationException("baseline cannot be read: " + e.getMessage(), e);
    }
  }

  static long micros(Instant t) {
    return TimeUnit.SECONDS.toMicros(t.getEpochSecond()) + t.getNano() / 1000;
  }

  private static long micros(Duration d) {
    return d.toNanos() / 1000;
  }
}
