package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.detect.evasion.CellMembers;
import io.vedette.detect.evasion.Evasion;
import io.vedette.detect.extraction.Extraction;
import io.vedette.detect.inversion.Inversion;
import io.vedette.detect.inversion.InversionConfig;
import io.vedette.detect.membership.Membership;
import io.vedette.detect.membership.MembershipConfig;
import it.unimi.dsi.fastutil.ints.Int2ObjectMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and allocation of all caller and cell detectors per exchange of independent callers; {@link
 * #draw} is the part of it that makes the exchange. {@code mvn -Pjmh test -pl streams-app -am
 * -Djmh.include=DetectorsBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 10, time = 3)
@Measurement(iterations = 5, time = 3)
public class DetectorsBenchmark implements CallerOutput {

  private static final int DRAWN = 1024; // rows that exchanges are mixed of
  private static final long STEP_MICROS = 100_000;
  private static final int MOST_CELLS = 100_000;

  /** Features of a row: a table's, a small image's. */
  @Param({"30", "784"})
  public int columns;

  /** Callers who take turns. */
  @Param({"1000"})
  public int callers;

  private final Int2ObjectMap<CallerState> states = new Int2ObjectOpenHashMap<>();
  private final Long2ObjectMap<CellEngine.Day<CellMembers>> members =
      new Long2ObjectOpenHashMap<>();
  private final SplittableRandom random = new SplittableRandom(5);
  private float[][] rows = {};
  private Baseline baseline = CleanModel.baseline(2, 10);
  private CallerEngine engine = engine();
  private CellEngine<CellMembers> cells = new CellEngine<>(Evasion.cells(m -> baseline));
  private long timeMicros;
  private long findings;

  /** Learns a baseline, draws rows. */
  @Setup
  public void learn() {
    baseline = CleanModel.baseline(columns, 10);
    engine = engine();
    cells = new CellEngine<>(Evasion.cells(m -> baseline));
    rows = new float[DRAWN][];
    for (int i = 0; i < DRAWN; i++) {
      rows[i] = CleanModel.row(columns, random);
    }
  }

  private CallerEngine engine() {
    return new CallerEngine(
        List.of(
            Extraction.detector(),
            Evasion.callers(),
            Inversion.detector(InversionConfig.USUAL),
            Membership.detector(MembershipConfig.USUAL)),
        m -> baseline,
        42,
        Long.MIN_VALUE,
        true);
  }

  /** A new row of a caller, and what the caller and cell stages do with it. */
  @Benchmark
  public long observe() {
    int caller = random.nextInt(callers);
    engine.observe(
        states.computeIfAbsent(caller, unused -> engine.create()), exchange(caller), this);
    return findings;
  }

  /** The same without the detectors. */
  @Benchmark
  public Exchange draw() {
    return exchange(random.nextInt(callers));
  }

  private Exchange exchange(int caller) {
    float[] a = rows[random.nextInt(DRAWN)];
    float[] b = rows[random.nextInt(DRAWN)];
    float share = (float) random.nextDouble();
    float rest = (float) Math.sqrt(1 - share * share);
    float[] x = new float[columns];
    for (int i = 0; i < columns; i++) {
      x[i] = share * a[i] + rest * b[i];
    }
    timeMicros += STEP_MICROS;
    return CleanModel.exchange("caller-" + caller, timeMicros, x);
  }

  @Override
  public void finding(Finding finding) {
    findings++;
  }

  @Override
  public void cell(CellSighting sighting) {
    if (cells.admits(sighting)) {
      if (members.size() > MOST_CELLS) {
        members.clear();
      }
      cells.observe(
          members.computeIfAbsent(sighting.cell(), unused -> cells.create()),
          sighting,
          this::finding);
    }
  }

  @Override
  public void update(ModelUpdate update) {
    // panes are the model stage's
  }

  @Override
  public void fenced(String detector, RuntimeException cause) {
    throw new IllegalStateException(detector, cause);
  }
}
