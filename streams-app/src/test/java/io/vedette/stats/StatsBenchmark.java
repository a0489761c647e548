package io.vedette.stats;

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
 * Time and allocation of what runs on every event: {@code java -cp <test class path>
 * org.openjdk.jmh.Main StatsBenchmark -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class StatsBenchmark {

  /** Inputs of the hash. */
  @Param({"20", "256"})
  public int inputs;

  private final BernoulliMixture bet = BernoulliMixture.of(0.02);
  private final double[] logs = new double[bet.size()];
  private final HyperLogLog distinct = new HyperLogLog();
  private final SpaceSaving heaviest = new SpaceSaving(64);
  private final CountingBloom seen = new CountingBloom(1L << 24);
  private final SplitMix64 random = new SplitMix64(1);
  private final long[] cells = new long[8];
  private PStableHash hash = new PStableHash(1, 1, 1, 1, 1);
  private float[] z = new float[0];
  private int event;

  /** Draws one input. */
  @Setup
  public void draw() {
    hash = new PStableHash(7, inputs, 10, 8, 0.5);
    z = new float[inputs];
    SplittableRandom source = new SplittableRandom(1);
    for (int i = 0; i < inputs; i++) {
      z[i] = (float) source.nextGaussian();
    }
  }

  /** One event into a Bernoulli mixture of four. */
  @Benchmark
  public double update() {
    bet.update(logs, 0, event++ % 64 == 0);
    return logs[0];
  }

  /** The e-value of a mixture of four. */
  @Benchmark
  public double evidence() {
    return bet.logE(logs, 0);
  }

  /** Eight cells of ten projections. */
  @Benchmark
  public long cells() {
    z[0] += 0.01f;
    hash.cells(z, cells);
    return cells[7];
  }

  /** One key into the distinct counter. */
  @Benchmark
  public boolean distinct() {
    return distinct.add(random.next());
  }

  /** One of 256 keys into 64 entries. */
  @Benchmark
  public long heaviest() {
    heaviest.add(random.next() & 255);
    return heaviest.total();
  }

  /** One key into the filter of 2 MB. */
  @Benchmark
  public int seen() {
    return seen.add(random.next() & 0xfffff);
  }
}
