package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.control.v1.ModelPolicy;
import io.vedette.core.Verdict;
import io.vedette.edge.cli.AuditLine;
import io.vedette.stream.Authors;
import io.vedette.stream.ChainLink;
import io.vedette.stream.Outages;
import io.vedette.wire.WireSerdes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows who wrote what that decides over incidents. */
@Command(
    name = "audit",
    description =
        "Shows who wrote which verdict, exception, baseline and model policy when, and under which"
            + " settings the service wrote its incidents, from what the topics retain. Reads only.")
final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "settings")
  private @Nullable Path config;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "first time of writing; default all that is retained")
  private @Nullable Instant since;

  @Option(names = "--json", description = "a JSON object a line, for scripts")
  private boolean json;

  private final Map<String, String> writers = new LatestWriters(); // by chain

  @Override
  public Integer call() throws IOException, SettingsException {
    Settings settings = SettingsLoader.load(config, System.getenv());
    Settings.Topics topics = settings.topics();
    PrintWriter out = spec.commandLine().getOut();
    try (WireSerdes wire = new WireSerdes(new Wiring(settings).wireSettings())) {
      Deserializer<Verdict> verdicts = wire.verdicts().deserializer();
      Deserializer<ModelPolicy> policies = wire.records(ModelPolicy.class).deserializer();
      Deserializer<Baseline> baselines = Wiring.serdes(wire).baselines().deserializer();
      try (RetainedRecords<AuditLine> records =
          new RetainedRecords<>(
              settings,
              List.of(topics.verdicts(), topics.baselines(), topics.models(), topics.incidents()),
              since,
              record ->
                  record.topic().equals(topics.incidents())
                      ? settings(record)
                      : record.topic().equals(topics.verdicts())
                          ? read(record, verdicts, this::verdict)
                          : record.topic().equals(topics.models())
                              ? read(record, policies, AuditCommand::policy)
                              : read(record, baselines, this::baseline),
              line -> line.time().toEpochMilli())) {
        records.forEach(line -> out.print(json ? line.json() : line.text()));
      }
    }
    out.flush();
    return 0;
  }

  /** Chains that records name, the latest; one that was forgotten shows its settings again. */
  private static final class LatestWriters extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1_000;

    LatestWriters() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > MOST;
    }
  }

  private interface Said<T> {
    AuditLine line(ConsumerRecord<byte[], byte[]> record, T value);
  }

  private static <T> @Nullable AuditLine read(
      ConsumerRecord<byte[], byte[]> record, Deserializer<T> values, Said<T> said) {
    if (record.value() == null) {
      return line(record, "deletion", "unknown", "a tombstone was written");
    }
    try {
      return said.line(record, values.deserialize(record.topic(), record.value()));
    } catch (SerializationException e) {
      if (Outages.registry(e)) {
        throw e;
      }
      return line(record, "unknown", "unknown", "a record that cannot be read was written");
    }
  }

  private AuditLine verdict(ConsumerRecord<byte[], byte[]> record, Verdict verdict) {
    StringBuilder what = new StringBuilder();
    what.append(verdict.kind()).append(" on ").append(verdict.incidentId());
    Verdict.Reach scope = verdict.scope();
    Long until = verdict.untilMicros();
    if (scope != null && until != null) {
      what.append(", exception for tenant ").append(scope.tenant());
      what.append(", account ").append(any(scope.principal()));
      what.append(", model ").append(any(scope.model()));
      what.append(", detector ").append(any(scope.detector()));
      what.append(" until ").append(Instant.EPOCH.plus(until, ChronoUnit.MICROS));
    }
    if (!verdict.note().isEmpty()) {
      what.append(": ").append(verdict.note());
    }
    return line(record, "verdict", verdict.analyst(), what.toString());
  }

  private static String any(@Nullable String part) {
    return part == null ? "any" : part;
  }

  private AuditLine baseline(ConsumerRecord<byte[], byte[]> record, Baseline baseline) {
    String what =
        baseline.modelKey()
            + (baseline.finished() ? ", " : ", unfinished, ")
            + baseline.rows()
            + " rows, calibration "
            + baseline.calibrationId();
    return line(record, "baseline", Authors.actor(record.headers()), what);
  }

  /** What a policy says, and who says so: the service never writes one. */
  static AuditLine policy(ConsumerRecord<byte[], byte[]> record, ModelPolicy policy) {
    Long rows = policy.getRowsPerHour();
    StringBuilder what = new StringBuilder();
    what.append(policy.getModel()).append(' ').append(policy.getStatus());
    what.append(", approved builds ").append(count(policy.getApproved()));
    what.append(", tenants ").append(count(policy.getTenants()));
    what.append(", scopes ").append(count(policy.getRequiredScopes()));
    what.append(", rows an hour ").append(rows == null ? "any" : rows.toString());
    String criticality = policy.getAttributes().get("criticality");
    what.append(criticality == null ? "" : ", criticality " + criticality);
    what.append(policy.getOwner().isEmpty() ? "" : ", owner " + policy.getOwner());
    return line(record, "policy", Authors.actor(record.headers()), what.toString());
  }

  private static String count(List<?> all) {
    return all.isEmpty() ? "any" : Integer.toString(all.size());
  }

  /** A line where a chain of incidents goes on under other settings. */
  @Nullable AuditLine settings(ConsumerRecord<byte[], byte[]> record) {
    ChainLink link = ChainLink.read(record.headers());
    if (link == null || link.writer().equals(writers.put(link.chain(), link.writer()))) {
      return null;
    }
    return line(
        record,
        "settings",
        "service",
        link.writer() + " writes incidents of chain " + link.chain());
  }

  private static AuditLine line(
      ConsumerRecord<byte[], byte[]> record, String kind, String who, String what) {
    String where = record.topic() + '-' + record.partition() + '@' + record.offset();
    return new AuditLine(Instant.ofEpochMilli(record.timestamp()), kind, who, what, where);
  }
}
