package io.vedette.app;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Hashes;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.ModelRef;
import io.vedette.core.Profile;
import io.vedette.core.Verdict;
import io.vedette.edge.siem.DeadLetter;
import io.vedette.edge.siem.JsonLines;
import io.vedette.edge.siem.ReplaySummary;
import io.vedette.stream.Counters;
import io.vedette.stream.DeadLetters;
import io.vedette.stream.ReplayDriver;
import io.vedette.stream.SiemView;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One replay: recorded traffic through the service's topology into files. */
final class ReplayRun {

  private static final String INCIDENTS = "incidents.jsonl";

  private final Settings settings;
  private final Path out;
  private final List<Baseline> given;
  private final List<Verdict> verdicts;
  private final JsonLines json = new JsonLines();
  private final Map<String, Long> findings = new TreeMap<>();
  private final Map<String, Long> incidents = new TreeMap<>();
  private final Counters counters = new Counters();
  private final LineChain chain = new LineChain();
  private final LongOpenHashSet callers = new LongOpenHashSet(); // 64-bit hashes
  private final Set<ModelRef> models = new HashSet<>();
  private long exchanges;
  private long deadLetters;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * A run.
   *
   * @param given baselines in force from the start
   * @param verdicts analysts' verdicts, each in force from its time on
   */
  ReplayRun(Settings settings, Path out, List<Baseline> given, List<Verdict> verdicts) {
    this.settings = settings;
    this.out = out;
    this.given = given;
    this.verdicts = verdicts;
  }

  /** Replays the traffic; gives what the summary file says. */
  ReplaySummary run(RecordedTraffic traffic) throws IOException {
    Files.createDirectories(out);
    long start = System.nanoTime();
    Wiring wiring = new Wiring(settings);
    try (BufferedWriter incidentLines = writer(INCIDENTS);
        BufferedWriter chainLines = writer(LineChain.beside(Path.of(INCIDENTS)).toString());
        BufferedWriter findingLines = writer("findings.jsonl");
        BufferedWriter letterLines = writer("deadletter.jsonl");
        BufferedWriter ocsfLines = writer("ocsf.jsonl");
        BufferedWriter ecsLines = writer("ecs.jsonl");
        BufferedWriter cefLines = writer("cef.log");
        WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        ReplayDriver driver =
            new ReplayDriver(
                Wiring.serdes(wire),
                wiring.replayEngines(counters),
                wiring.stages(),
                counters,
                new ReplayDriver.Results(
                    finding -> write(findingLines, finding),
                    incident -> write(incidentLines, chainLines, incident),
                    baseline -> {},
                    letter -> write(letterLines, letter)),
                views(ocsfLines, ecsLines, cefLines))) {
      given.forEach(driver::baseline);
      driver.verdicts(verdicts);
      long lines =
          traffic.read(
              exchange -> {
                count(exchange);
                driver.pipe(exchange);
              },
              letter -> write(letterLines, letter));
      driver.finish();
      ReplaySummary summary = summary(lines, (System.nanoTime() - start) / 1e9);
      Files.writeString(
          out.resolve("summary.json"), json.summary(summary) + '\n', StandardCharsets.UTF_8);
      return summary;
    }
  }

  /** Every view, whatever is switched on: files cost nothing. */
  private Map<SiemView, Consumer<String>> views(
      BufferedWriter ocsf, BufferedWriter ecs, BufferedWriter cef) {
    Map<String, BufferedWriter> files = Map.of("ocsf", ocsf, "ecs", ecs, "cef", cef);
    Map<SiemView, Consumer<String>> views = new LinkedHashMap<>();
    for (SiemView view : SiemViews.all(settings)) {
      BufferedWriter file = Objects.requireNonNull(files.get(view.name()), view.name());
      views.put(view, text -> line(file, text));
    }
    return views;
  }

  private BufferedWriter writer(String name) throws IOException {
    return Files.newBufferedWriter(out.resolve(name), StandardCharsets.UTF_8);
  }

  private void count(Exchange exchange) {
    exchanges++;
    first = Math.min(first, exchange.timeMicros());
    last = Math.max(last, exchange.timeMicros());
    callers.add(Hashes.caller(exchange.caller()));
    models.add(exchange.model());
  }

  private void write(BufferedWriter lines, Finding finding) {
    findings.merge(finding.detector(), 1L, Long::sum);
    line(lines, json.finding(finding));
  }

  private void write(BufferedWriter lines, BufferedWriter hashes, Incident incident) {
    if (incident.activity() == Incident.Activity.CREATE) {
      incident.detectors().forEach(detector -> incidents.merge(detector, 1L, Long::sum));
    }
    String text = json.incident(incident);
    line(lines, text);
    line(hashes, chain.next(text));
  }

  private void write(BufferedWriter lines, DeadLetter letter) {
    deadLetters++;
    line(lines, json.deadLetter(letter));
  }

  private void write(BufferedWriter lines, ReplayDriver.Letter letter) {
    write(lines, deadLetter(letter));
  }

  /** A dead letter of the topology, with the file and line that its record came from. */
  static DeadLetter deadLetter(ReplayDriver.Letter letter) {
    byte[] value = letter.value() == null ? new byte[0] : letter.value();
    Map<String, String> headers = letter.headers();
    String reason = headers.getOrDefault(DeadLetters.REASON, "cannot be processed");
    String stage = headers.getOrDefault(DeadLetters.STAGE, "topology");
    return DeadLetter.of(
        headers.getOrDefault(DeadLetters.TOPIC, "topology"),
        line(headers.get(DeadLetters.OFFSET)),
        stage + ": " + reason,
        value,
        0,
        value.length);
  }

  private static long line(@Nullable String offset) {
    return offset != null && offset.matches("[0-9]{1,18}") ? Long.parseLong(offset) : 0;
  }

  private static void line(BufferedWriter lines, String text) {
    try {
      lines.write(text);
      lines.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReplaySummary summary(long lines, double seconds) {
    return new ReplaySummary(
        exchanges,
        lines,
        deadLetters,
        time(first),
        time(last),
        seconds,
        findings,
        incidents,
        shadows(),
        callers.size(),
        models.size(),
        settings.configHash(),
        Version.text());
  }

  private Map<String, Long> shadows() {
    Map<String, Long> shadows = new TreeMap<>();
    for (Profile profile : Wiring.profiles()) {
      if (settings.detector(profile.id()).shadow()) {
        shadows.put(profile.id(), counters.detector(profile.id()).shadowIncidents.sum());
      }
    }
    return shadows;
  }

  private @Nullable Long time(long micros) {
    return exchanges == 0 ? null : micros;
  }
}
