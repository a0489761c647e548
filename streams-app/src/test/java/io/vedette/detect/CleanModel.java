package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.BaselineBuilder;
import io.vedette.baseline.CleanRow;
import io.vedette.baseline.Hashes;
import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A model of independent Gaussian inputs, with rows and exchanges for tests. */
public final class CleanModel {

  /** What is called. */
  public static final ModelRef MODEL = new ModelRef("loan", "1", null);

  private CleanModel() {}

  /** Reads a state or an event. */
  public interface Reader<T> {
    /** Reads one. */
    T read(DataInput in) throws IOException;
  }

  /** The state after a write and a read. */
  public static <S extends State> S reread(S state, Reader<S> reader) {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes(state))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the state writes. */
  public static byte[] bytes(State state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      state.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A baseline of 2,000 rows from {@code callers} equally busy callers. */
  public static Baseline baseline(int columns, int callers) {
    SplittableRandom random = new SplittableRandom(11);
    List<CleanRow> rows = new ArrayList<>();
    for (int r = 0; r < 2_000; r++) {
      float[] x = row(columns, random);
      long caller = Hashes.caller(new CallerId("acme", "c" + r % callers));
      rows.add(
          new CleanRow(
              random.nextLong(),
              40_000_000L * r,
              caller,
              x,
              List.of(),
              CallerEngine.label(answer(x)),
              answer(x).confidence()));
    }
    return BaselineBuilder.build(MODEL.name(), MODEL.version(), true, rows, List.of(), Map.of());
  }

  /** Independent standard Gaussians. */
  public static float[] row(int columns, SplittableRandom random) {
    float[] x = new float[columns];
    for (int i = 0; i < columns; i++) {
      x[i] =
          (float)
              (Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                  * Math.cos(2 * Math.PI * random.nextDouble()));
    }
    return x;
  }

  /** The model: the sign of the first two features' sum. */
  public static Answer answer(float[] x) {
    float p = (float) (1 / (1 + Math.exp(-2 * (x[0] + x[1]))));
    return new Answer(p > 0.5f ? "yes" : "no", new float[] {p, 1 - p}, Double.NaN);
  }

  /** One call of one row. */
  public static Exchange exchange(String principal, long timeMicros, float[] x) {
    return exchange(new CallerId("acme", principal), timeMicros, x);
  }

  /** One call of one row. */
  public static Exchange exchange(CallerId caller, long timeMicros, float[] x) {
    return exchange(
        caller,
        timeMicros,
        new Payload.Features(x, 1, x.length, shape(x.length), List.of(), false),
        List.of(answer(x)));
  }

  /** Many inputs are a picture. */
  private static int[] shape(int columns) {
    return columns == 784 ? new int[] {28, 28} : new int[] {columns};
  }

  /** One call. */
  public static Exchange exchange(
      String principal, long timeMicros, Payload input, List<Answer> answers) {
    return exchange(new CallerId("acme", principal), timeMicros, input, answers);
  }

  private static Exchange exchange(
      CallerId caller, long timeMicros, Payload input, List<Answer> answers) {
    return new Exchange(
        "r-" + timeMicros,
        caller,
        MODEL,
        timeMicros,
        input,
        answers,
        null,
        null,
        200,
        1_000,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Exchange.Pairing.SINGLE_EVENT,
        new Origin("requests", 0, timeMicros));
  }
}
