package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Hashes;
import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.ModelRef;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.TraceId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the first rows of a caller that is new to a model, on its way to the model stage: alone
 * such a caller says little, but many of them may be one sender.
 *
 * @param model model name
 * @param version model version
 * @param calibrationId baseline that the caller was held against
 * @param step what the caller's own last rows make of it
 * @param exchange the row and its answer, as one exchange of one row
 */
record NewcomerRow(
    String model, String version, String calibrationId, OwnStep step, Exchange exchange)
    implements ModelUpdate {

  /** Exchanges of a caller with a model after which it is not new any more. */
  static final int YOUNG = 48;

  /** Rows that count of one exchange, so that one batch is not all that there is. */
  static final int MOST_ROWS = 16;

  /** Columns of the widest rows that are handed on, 16 KB each. */
  static final int MOST_COLUMNS = 4_096;

  static final byte KIND = 3;

  private static final int MOST_CHARS = 1_024; // of an id

  /** Whether a row is to be handed on. */
  static boolean wanted(long exchanges, int row, Payload.Features features) {
    return exchanges <= YOUNG && row < MOST_ROWS && features.columns() <= MOST_COLUMNS;
  }

  /** A row of an exchange. */
  static NewcomerRow of(
      Baseline baseline, Exchange exchange, Payload.Features features, int row, OwnStep step) {
    int columns = features.columns();
    float[] values =
        features.rows() == 1
            ? features.values()
            : Arrays.copyOfRange(features.values(), row * columns, (row + 1) * columns);
    List<Payload.Categorical> categorical =
        features.categorical().stream()
            .map(
                c ->
                    new Payload.Categorical(c.name(), List.of(Hashes.bounded(c.values().get(row)))))
            .toList();
    Payload.Features one =
        new Payload.Features(
            values, 1, columns, features.shape(), categorical, features.embedding());
    return new NewcomerRow(
        baseline.model(),
        baseline.version(),
        baseline.calibrationId(),
        step,
        exchange(
            exchange.requestId(),
            exchange.caller(),
            new ModelRef(baseline.model(), baseline.version(), null),
            exchange.timeMicros(),
            one,
            said(exchange.answer(row)),
            exchange.origin(),
            exchange.trace()));
  }

  /** What detectors look at: the label, or what stands for it, and how sure the model was. */
  private static Answer said(Answer answer) {
    String label = answer.label();
    if (label == null && answer.probabilities().length > 1) {
      label = "class " + answer.topClass();
    }
    float confidence = answer.confidence();
    float[] sure = Float.isNaN(confidence) ? new float[0] : new float[] {confidence};
    return new Answer(label == null ? null : Hashes.bounded(label), sure, answer.value());
  }

  private static Exchange exchange(
      String requestId,
      CallerId caller,
      ModelRef model,
      long timeMicros,
      Payload.Features input,
      Answer answer,
      Origin origin,
      @Nullable TraceId trace) {
    return new Exchange(
        requestId.length() <= MOST_CHARS ? requestId : requestId.substring(0, MOST_CHARS),
        caller,
        model,
        timeMicros,
        input,
        List.of(answer),
        null,
        null,
        0,
        -1,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Exchange.Pairing.SINGLE_EVENT,
        origin,
        "",
        trace);
  }

  @Override
  public String modelKey() {
    return model + '|' + version;
  }

  @Override
  public long timeMicros() {
    return exchange.timeMicros();
  }

  @Override
  public int bytes() {
    Payload.Features row = (Payload.Features) exchange.input();
    int bytes = 512 + 4 * row.columns();
    for (Payload.Categorical c : row.categorical()) {
      bytes += 4 + c.name().length() + c.values().get(0).length();
    }
    return bytes;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Payload.Features row = (Payload.Features) exchange.input();
    Answer answer = exchange.answer(0);
    String label = answer.label();
    out.writeByte(KIND);
    out.writeUTF(model);
    out.writeUTF(version);
    out.writeUTF(calibrationId);
    out.writeByte((row.embedding() ? 2 : 0) | (label == null ? 0 : 4));
    out.writeByte(step.flags());
    out.writeUTF(exchange.caller().tenant());
    out.writeUTF(exchange.caller().principal());
    out.writeLong(exchange.timeMicros());
    out.writeUTF(exchange.requestId());
    out.writeUTF(exchange.origin().topic());
    out.writeInt(exchange.origin().partition());
    out.writeLong(exchange.origin().offset());
    TraceId.write(exchange.trace(), out);
    if (label != null) {
      out.writeUTF(label);
    }
    out.writeFloat(answer.confidence());
    out.writeDouble(answer.value());
    out.writeByte(row.shape().length);
    for (int side : row.shape()) {
      out.writeInt(side);
    }
    out.writeShort(row.columns());
    for (float v : row.values()) {
      out.writeFloat(v);
    }
    out.writeShort(row.categorical().size());
    for (Payload.Categorical c : row.categorical()) {
      out.writeUTF(c.name());
      out.writeUTF(c.values().get(0));
    }
  }

  static NewcomerRow read(DataInput in) throws IOException {
    String model = in.readUTF();
    String version = in.readUTF();
    String calibrationId = in.readUTF();
    int flags = in.readUnsignedByte();
    OwnStep step = OwnStep.of(in.readUnsignedByte());
    CallerId caller = new CallerId(in.readUTF(), in.readUTF());
    long time = in.readLong();
    String requestId = in.readUTF();
    Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
    TraceId trace = TraceId.read(in);
    String label = (flags & 4) == 0 ? null : in.readUTF();
    float confidence = in.readFloat();
    double value = in.readDouble();
    int[] shape = new int[in.readUnsignedByte()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readInt();
    }
    int columns = in.readUnsignedShort();
    if (columns > MOST_COLUMNS) {
      throw new IOException("columns must be " + MOST_COLUMNS + " at most, were " + columns);
    }
    float[] values = new float[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = in.readFloat();
    }
    int names = in.readUnsignedShort();
    List<Payload.Categorical> categorical = new ArrayList<>(Math.min(names, 1_024));
    for (int i = 0; i < names; i++) {
      categorical.add(new Payload.Categorical(in.readUTF(), List.of(in.readUTF())));
    }
    Payload.Features row =
        new Payload.Features(values, 1, columns, shape, List.copyOf(categorical), (flags & 2) != 0);
    float[] sure = Float.isNaN(confidence) ? new float[0] : new float[] {confidence};
    Exchange exchange =
        exchange(
            requestId,
            caller,
            new ModelRef(model, version, null),
            time,
            row,
            new Answer(label, sure, value),
            origin,
            trace);
    return new NewcomerRow(model, version, calibrationId, step, exchange);
  }
}
