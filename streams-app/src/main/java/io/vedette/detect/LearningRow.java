package io.vedette.detect;

import io.vedette.baseline.CallerRates;
import io.vedette.baseline.CleanRow;
import io.vedette.baseline.Hashes;
import io.vedette.core.Answer;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of clean traffic on its way to the model stage.
 *
 * @param model model name
 * @param version model version
 * @param last true when the learning period is over, then the row itself does not count
 * @param names names of the categorical columns
 * @param row the row
 * @param rates what its caller did so far
 */
record LearningRow(
    String model, String version, boolean last, List<String> names, CleanRow row, CallerRates rates)
    implements ModelUpdate {

  static final byte KIND = 1;

  /** A row of an exchange. */
  static LearningRow of(
      Exchange exchange, Payload.Features features, int row, boolean last, CallerRates rates) {
    int columns = features.columns();
    float[] values = Arrays.copyOfRange(features.values(), row * columns, (row + 1) * columns);
    List<String> names = features.categorical().stream().map(Payload.Categorical::name).toList();
    List<String> categories =
        features.categorical().stream().map(c -> Hashes.bounded(c.values().get(row))).toList();
    long caller = Hashes.caller(exchange.caller());
    long order =
        Hashes.mix(
            Hashes.text(exchange.requestId()) + 31 * exchange.timeMicros() + caller * 17 + row);
    Answer answer = exchange.answer(row);
    CleanRow clean =
        new CleanRow(
            order,
            exchange.timeMicros(),
            caller,
            values,
            categories,
            CallerEngine.label(answer),
            answer.confidence());
    return new LearningRow(
        exchange.model().name(), exchange.model().version(), last, names, clean, rates);
  }

  @Override
  public String modelKey() {
    return model + '|' + version;
  }

  @Override
  public long timeMicros() {
    return row.timeMicros();
  }

  @Override
  public int bytes() {
    int bytes = 256 + 4 * row.values().length;
    for (int i = 0; i < names.size(); i++) {
      bytes += 4 + names.get(i).length() + row.categories().get(i).length();
    }
    return bytes;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(KIND);
    out.writeUTF(model);
    out.writeUTF(version);
    out.writeBoolean(last);
    out.writeShort(names.size());
    for (int i = 0; i < names.size(); i++) {
      out.writeUTF(names.get(i));
      out.writeUTF(row.categories().get(i));
    }
    out.writeLong(row.order());
    out.writeLong(row.timeMicros());
    out.writeLong(row.caller());
    out.writeInt(row.values().length);
    for (float v : row.values()) {
      out.writeFloat(v);
    }
    out.writeLong(row.label());
    out.writeFloat(row.confidence());
    out.writeLong(rates.rows());
    out.writeLong(rates.bisection());
    out.writeLong(rates.sweep());
    out.writeLong(rates.antithetic());
  }

  static LearningRow read(DataInput in) throws IOException {
    String model = in.readUTF();
    String version = in.readUTF();
    boolean last = in.readBoolean();
    int columns = in.readUnsignedShort();
    List<String> names = new ArrayList<>(columns);
    List<String> categories = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      names.add(in.readUTF());
      categories.add(in.readUTF());
    }
    long order = in.readLong();
    long time = in.readLong();
    long caller = in.readLong();
    int numeric = in.readInt();
    if (numeric < 0 || numeric > 1 << 20) {
      throw new IOException("columns must be 0 to 1048576, were " + numeric);
    }
    float[] values = new float[numeric];
    for (int i = 0; i < numeric; i++) {
      values[i] = in.readFloat();
    }
    CleanRow row =
        new CleanRow(order, time, caller, values, categories, in.readLong(), in.readFloat());
    CallerRates rates = new CallerRates(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    return new LearningRow(model, version, last, names, row, rates);
  }
}
