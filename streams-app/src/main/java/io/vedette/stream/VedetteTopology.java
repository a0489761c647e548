package io.vedette.stream;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.State;
import io.vedette.correlate.Book;
import io.vedette.state.LiveStoreBuilder;
import io.vedette.state.OutboxBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The topology: exchanges are paired and told to the caller engine; its sightings and updates cross
 * to the cell and model engines; all findings meet in the incident book.
 */
public final class VedetteTopology {

  /** Names of the stores that keep live states. */
  public static final List<String> LIVE_STORES =
      List.of(
          PairingStage.STORE,
          CallerStage.STORE,
          CellStage.STORE,
          ModelStage.STORE,
          CorrelateStage.STORE,
          ChainStage.STORE);

  private final Topics topics;
  private final TopicSerdes serdes;
  private final EngineFactory engines;
  private final StageSettings settings;
  private final Counters counters;
  private final Outlets outlets;
  private final @Nullable Replay replay;
  private final BaselineTable baselines = new BaselineTable();
  private final VerdictTable verdicts;
  private final PolicyTable policies = new PolicyTable();

  /** A topology for the service that publishes no views. */
  public VedetteTopology(
      Topics topics,
      TopicSerdes serdes,
      EngineFactory engines,
      StageSettings settings,
      Counters counters) {
    this(topics, serdes, engines, settings, counters, Outlets.NONE, null);
  }

  /**
   * A topology for the service.
   *
   * @param outlets what is published of incidents beside the incidents themselves
   */
  public VedetteTopology(
      Topics topics,
      TopicSerdes serdes,
      EngineFactory engines,
      StageSettings settings,
      Counters counters,
      Outlets outlets) {
    this(topics, serdes, engines, settings, counters, outlets, null);
  }

  VedetteTopology(
      Topics topics,
      TopicSerdes serdes,
      EngineFactory engines,
      StageSettings settings,
      Counters counters,
      Outlets outlets,
      @Nullable Replay replay) {
    this.topics = topics;
    this.serdes = serdes;
    this.engines = engines;
    this.settings = replay == null ? settings : settings.ephemeral();
    this.counters = counters;
    this.outlets = outlets;
    this.replay = replay;
    this.verdicts = new VerdictTable(settings.longestException().toMillis() * 1000L);
  }

  /** Builds it. */
  public Topology build() {
    Serde<String> keys = Serdes.String();
    var naming = new Properties();
    naming.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    var builder = new StreamsBuilder();
    addStores(builder);

    // Baselines: learnt by the model stage, known to every engine.
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(BaselineTable.STORE), keys, serdes.baselines())
            .withLoggingDisabled(),
        topics.baselines(),
        Consumed.with(keys, serdes.baselines()).withName("baselines"),
        () -> new BaselineTable.Feeder(baselines));

    // Per caller: no shuffle, because producers key by caller; those that cannot are keyed anew.
    KStream<String, Object> caller =
        events(builder)
            .process(this::pairing, Named.as("pairing-stage"), PairingStage.STORE)
            .process(
                this::caller,
                Named.as("caller-stage"),
                CallerStage.STORE,
                CallerStage.CELLS,
                CallerStage.UPDATES);
    KStream<String, Finding> callerFindings = only(Finding.class, caller, "caller-findings");

    // Per fingerprint cell: sightings meet on the partition that their batch names.
    KStream<String, Finding> cellFindings =
        only(CellBatch.class, caller, "caller-cells")
            .repartition(
                Repartitioned.with(keys, CellBatch.serde())
                    .withName("cells")
                    .withNumberOfPartitions(settings.cellPartitions())
                    .withStreamPartitioner(namedPartition()))
            .process(this::cell, Named.as("cell-stage"), CellStage.STORE);

    // Per model version: pre-aggregated updates.
    KStream<String, Object> model =
        only(UpdateBatch.class, caller, "caller-updates")
            .repartition(
                Repartitioned.with(keys, updateSerde())
                    .withName("updates")
                    .withNumberOfPartitions(settings.modelPartitions()))
            .process(this::model, Named.as("model-stage"), ModelStage.STORE);
    KStream<String, Finding> modelFindings = only(Finding.class, model, "model-findings");
    only(Baseline.class, model, "model-baselines")
        .process(this::signed, Named.as("baseline-stage"))
        .to(topics.baselines(), Produced.with(keys, serdes.baselines()).withName("baselines-out"));

    // All findings are published, read back, and entered in the incident book.
    // Those under an exception or on a critical model are marked on their way out: what hid or
    // raised a finding stands beside it.
    publish(callerFindings, "caller-findings");
    publish(cellFindings, "cell-findings");
    publish(modelFindings, "model-findings");
    KStream<String, Alert> alerts =
        builder.stream(
                topics.findings(), Consumed.with(keys, serdes.findings()).withName("findings-in"))
            .process(this::correlate, Named.as("correlate-stage"), CorrelateStage.STORE);
    alerts = ordered(alerts).process(this::chain, Named.as("chain-stage"), ChainStage.STORE);
    alerts
        .process(ChainLabels::new, Named.as("incidents"))
        .to(topics.incidents(), Produced.with(keys, serdes.incidents()).withName("incidents-out"));
    if (!outlets.actions().get().detectors().isEmpty()) {
      addActions(builder, alerts);
    }
    for (SiemView view : outlets.views()) {
      KStream<String, Object> rendered =
          alerts.process(() -> new ViewStage(view, counters), Named.as(view.name() + "-views"));
      only(String.class, rendered, view.name() + "-texts")
          .to(view.topic(), Produced.with(keys, keys).withName(view.name() + "-out"));
      rendered
          .flatMapValues(VedetteTopology::letter, Named.as(view.name() + "-unrendered"))
          .to(
              topics.deadLetters(),
              Produced.with(keys, Serdes.ByteArray()).withName(view.name() + "-letters"));
    }

    // Verdicts: known to every task, because their scopes are wider than the keys of any.
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(VerdictTable.STORE), keys, serdes.verdicts())
            .withLoggingDisabled(),
        topics.verdicts(),
        Consumed.with(keys, serdes.verdicts()).withName("verdicts"),
        () -> new VerdictTable.Feeder(verdicts));

    // Policies: known to every task, for they say which models are critical.
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(PolicyTable.STORE), keys, serdes.policies())
            .withLoggingDisabled(),
        topics.models(),
        Consumed.with(keys, serdes.policies()).withName("policies"),
        () -> new PolicyTable.Feeder(policies));
    return builder.build(naming);
  }

  /** A replay's activities leave in order of time; a service's at once. */
  private KStream<String, Alert> ordered(KStream<String, Alert> alerts) {
    Replay recorded = replay;
    return recorded == null
        ? alerts
        : alerts.process(
            () -> new OrderStage(recorded, settings.outbox().replaySpan().multipliedBy(2)),
            Named.as("order-stage"));
  }

  /**
   * Advice, which is read back: an account has one piece of it, whatever task gave the last one.
   */
  private void addActions(StreamsBuilder builder, KStream<String, Alert> alerts) {
    Serde<String> keys = Serdes.String();
    AdviceTable known = new AdviceTable(UUID.randomUUID().toString());
    alerts
        .process(
            () -> new ActionStage(outlets.actions(), known, counters), Named.as("action-stage"))
        .to(topics.actions(), Produced.with(keys, serdes.actions()).withName("actions-out"));
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(AdviceTable.STORE), keys, serdes.actions())
            .withLoggingDisabled(),
        topics.actions(),
        Consumed.with(keys, serdes.actions()).withName("actions-in"),
        () -> new AdviceTable.Feeder(known));
  }

  private void addStores(StreamsBuilder builder) {
    StoreShares.of(settings.stores())
        .forEach(
            (name, options) ->
                builder.addStateStore(
                    new LiveStoreBuilder<State>(
                        name, options, counters.damagedStates, counters.liveBytes(name))));
    builder.addStateStore(new OutboxBuilder<>(CallerStage.CELLS, settings.outbox()));
    builder.addStateStore(new OutboxBuilder<>(CallerStage.UPDATES, settings.outbox()));
  }

  private KStream<byte[], Exchange> events(StreamsBuilder builder) {
    if (replay != null) {
      return builder.stream(List.of(topics.exchanges()), inputs("exchanges-in"));
    }
    List<String> foreign =
        topics.inputs().stream().filter(topics.foreignKeyed()::contains).toList();
    List<String> keyed = topics.inputs().stream().filter(t -> !foreign.contains(t)).toList();
    if (foreign.isEmpty()) {
      return builder.stream(keyed, inputs("exchanges-in"));
    }
    KStream<byte[], Exchange> rekeyed =
        builder.stream(foreign, inputs("foreign-in"))
            .process(RekeyStage::new, Named.as("rekey-stage"))
            .repartition(
                Repartitioned.with(Serdes.ByteArray(), serdes.stored()).withName(RekeyStage.NAME));
    return keyed.isEmpty()
        ? rekeyed
        : builder.stream(keyed, inputs("exchanges-in")).merge(rekeyed, Named.as("all-in"));
  }

  private Consumed<byte[], Exchange> inputs(String name) {
    Replay recorded = replay;
    Deserializer<Exchange> reader =
        recorded == null
            ? new InputReader(topics, serdes)
            : (topic, marker) -> recorded.batch().get().get(0);
    Serde<Exchange> input = Serdes.serdeFrom(serdes.exchanges().serializer(), reader);
    return Consumed.with(Serdes.ByteArray(), input)
        .withTimestampExtractor(new EventTime())
        .withName(name);
  }

  private void publish(KStream<String, Finding> findings, String name) {
    findings
        .mapValues(finding -> policies.marked(verdicts.marked(finding)), Named.as(name + "-marked"))
        .to(topics.findings(), findings(name + "-out"));
  }

  private Produced<String, Finding> findings(String name) {
    return Produced.with(Serdes.String(), serdes.findings())
        .withStreamPartitioner(byIncident())
        .withName(name);
  }

  /** Findings that may belong to one incident meet on one partition, whatever their subjects. */
  private StreamPartitioner<String, Finding> byIncident() {
    Book<?> book = engines.create(baselines).book();
    return (topic, key, finding, partitions) -> {
      byte[] incident = book.meeting(finding).getBytes(StandardCharsets.UTF_8);
      return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(incident)) % partitions));
    };
  }

  private Serde<UpdateBatch> updateSerde() {
    return UpdateBatch.serde(engines.create(baselines).updates());
  }

  private Processor<byte[], Exchange, byte[], Exchange> pairing() {
    var codec = new PendingHalves.Codec(serdes.stored());
    return new PairingStage(settings.pairing(), codec, counters, replay);
  }

  private Processor<byte[], Exchange, String, Object> caller() {
    return new CallerStage<>(
        engines.create(baselines).caller(), settings, counters, replay != null);
  }

  private Processor<String, CellBatch, String, Finding> cell() {
    return new CellStage<>(engines.create(baselines).cell(), counters);
  }

  private Processor<String, UpdateBatch, String, Object> model() {
    return new ModelStage<>(engines.create(baselines).model(), counters);
  }

  private Processor<String, Finding, String, Alert> correlate() {
    return new CorrelateStage<>(engines.create(baselines).book(), verdicts, counters, replay);
  }

  private Processor<String, Baseline, String, Baseline> signed() {
    return new BaselineStage(outlets.writer(), replay == null);
  }

  private Processor<String, Alert, String, Alert> chain() {
    return new ChainStage(topics.incidents(), serdes.incidents().serializer(), outlets.writer());
  }

  private static <T> KStream<String, T> only(
      Class<T> type, KStream<String, Object> mixed, String name) {
    return mixed.flatMapValues(
        value -> type.isInstance(value) ? List.of(type.cast(value)) : List.of(), Named.as(name));
  }

  /** Nothing of an incident goes into its dead letter: its id and the reason are enough. */
  private static List<byte[]> letter(Object rendered) {
    return rendered instanceof ViewStage.Unrendered ? List.of(Stages.NO_KEY) : List.of();
  }

  /** Batches carry the number of their partition as key. */
  private static StreamPartitioner<String, CellBatch> namedPartition() {
    return (topic, key, batch, partitions) ->
        Optional.of(Set.of(Math.floorMod(Integer.parseInt(key), partitions)));
  }
}
