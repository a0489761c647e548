package io.vedette.app;

import io.vedette.app.Trials.Manner;
import io.vedette.core.Incident;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.DriftStream;
import io.vedette.lab.World;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what the detectors find in the lab and whom they accuse wrongly.
 *
 * <pre>
 * mvn -q -pl streams-app -am test-compile
 * java -cp streams-app/target/test-classes:streams-app/target/classes:&lt;class path&gt; \
 *   io.vedette.app.QualityReport [held-out] [runs]
 * </pre>
 *
 * <p>With {@code held-out} the worlds that nobody tunes on, with seeds from 1,000,003 on; without,
 * the open ones. {@code runs} is the number of seeds per attack, 5 unless given. Attackers have 600
 * queries; queries of covered attackers count with their cover.
 */
final class QualityReport {

  private static final int CALLERS = 10; // of a benign kind in one run

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final boolean heldOut;
  private final int runs;
  private final long seed;

  private QualityReport(boolean heldOut, int runs) {
    this.heldOut = heldOut;
    this.runs = runs;
    this.seed = heldOut ? 1_000_003 : 30_001;
  }

  /** Prints the report. */
  public static void main(String[] args) {
    List<String> list = List.of(args);
    boolean heldOut = list.contains("held-out");
    int runs =
        list.stream()
            .filter(a -> !a.equals("held-out"))
            .mapToInt(Integer::parseInt)
            .findAny()
            .orElse(5);
    new QualityReport(heldOut, runs).print();
  }

  private void print() {
    for (World world : World.family(heldOut)) {
      Trials trials = new Trials(world, seed);
      attacks(world, trials);
      benign(world, trials);
      drift(world, trials);
    }
  }

  private void attacks(World world, Trials trials) {
    out.printf("%n| %s | %s |%n|---|---|---|---|---|%n", world, manners());
    for (AttackKind kind : AttackKind.values()) {
      if (!kind.suits(trials.site())) {
        continue;
      }
      StringBuilder row = new StringBuilder();
      for (Manner manner : Manner.values()) {
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
          long queries = trials.queriesToDetect(kind, manner, seed + 1 + i);
          found.add(queries < 0 ? Long.MAX_VALUE : queries);
        }
        found.sort(null);
        row.append(cell(found)).append(" | ");
      }
      out.printf("| %s | %s%n", kind.id(), row.toString().strip());
    }
  }

  private static String manners() {
    List<String> names = new ArrayList<>();
    for (Manner manner : Manner.values()) {
      names.add(manner.name().toLowerCase(Locale.ROOT) + ": found, median, p90");
    }
    return String.join(" | ", names);
  }

  private static String cell(List<Long> sorted) {
    long hits = sorted.stream().filter(q -> q != Long.MAX_VALUE).count();
    return hits == 0
        ? "0"
        : String.format(
            Locale.ROOT,
            "%d %% %s %s",
            100 * hits / sorted.size(),
            quantile(sorted, 0.5),
            quantile(sorted, 0.9));
  }

  private static String quantile(List<Long> sorted, double q) {
    long value = sorted.get(Math.min(sorted.size() - 1, (int) (q * sorted.size())));
    return value == Long.MAX_VALUE ? "-" : Long.toString(value);
  }

  private void benign(World world, Trials trials) {
    out.printf("%n| %s, benign | caller-days | alarms |%n|---|---|---|%n", world);
    for (BenignKind kind : BenignKind.values()) {
      if (!kind.fits(trials.site())) {
        continue;
      }
      List<Incident> alarms = new ArrayList<>();
      int rounds = Math.max(1, runs * 3 / 5);
      for (int i = 0; i < rounds; i++) {
        alarms.addAll(trials.alarms(kind, CALLERS, seed + 101 + i));
      }
      out.printf("| %s | %d | %d |%n", kind.id(), rounds * CALLERS, alarms.size());
      alarms.forEach(a -> out.printf("|   %s: %s | | |%n", a.title(), a.summary()));
    }
  }

  private void drift(World world, Trials trials) {
    out.printf("%n| %s, drift | runs | found | median rows | most rows |%n", world);
    out.println("|---|---|---|---|---|");
    int features = Math.max(1, trials.site().population().features() / 5);
    for (DriftStream.Change change : DriftStream.Change.values()) {
      List<Long> found = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        long rows =
            Trials.rowsToFindDrift(
                trials.site(), change, 0.5, features, 3000 + 177 * i, seed + 201 + i);
        found.add(rows < 0 ? Long.MAX_VALUE : rows);
      }
      found.sort(null);
      long hits = found.stream().filter(r -> r != Long.MAX_VALUE).count();
      out.printf(
          "| %s | %d | %d | %s | %s |%n",
          change, runs, hits, quantile(found, 0.5), quantile(found, 0.999));
    }
    int claims = 0;
    for (int i = 0; i < runs; i++) {
      claims += Trials.driftClaims(trials.site(), seed + 301 + i, 10_000).size();
    }
    out.printf("| none | %d | %d | | |%n", runs, claims);
  }
}
