package io.vedette.app;

import io.vedette.lab.DriftStream;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints after how many rows drift is found in the lab, and how often it is claimed without cause.
 * What attackers do and honest callers suffer is the scoreboard's matter ({@code lab scoreboard}).
 *
 * <pre>
 * mvn -q -pl streams-app -am test-compile
 * java -cp streams-app/target/test-classes:streams-app/target/classes:&lt;class path&gt; \
 *   io.vedette.app.QualityReport [held-out] [runs]
 * </pre>
 *
 * <p>With {@code held-out} the worlds that nobody tunes on, with seeds from 1,000,003 on; without,
 * the open ones. {@code runs} is the number of seeds per change, 5 unless given.
 */
final class QualityReport {

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
      drift(world, world.build());
    }
  }

  private static String quantile(List<Long> sorted, double q) {
    long value = sorted.get(Math.min(sorted.size() - 1, (int) (q * sorted.size())));
    return value == Long.MAX_VALUE ? "-" : Long.toString(value);
  }

  private void drift(World world, Site site) {
    out.printf("%n| %s, drift | runs | found | median rows | most rows |%n", world);
    out.println("|---|---|---|---|---|");
    int features = Math.max(1, site.population().features() / 5);
    for (DriftStream.Change change : DriftStream.Change.values()) {
      List<Long> found = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        long rows =
            Trials.rowsToFindDrift(site, change, 0.5, features, 3000 + 177 * i, seed + 201 + i);
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
      claims += Trials.driftClaims(site, seed + 301 + i, 10_000).size();
    }
    out.printf("| none | %d | %d | | |%n", runs, claims);
  }
}
