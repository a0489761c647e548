package io.vedette.app.board;

import io.vedette.lab.DataFile;
import io.vedette.lab.DataPopulation;
import io.vedette.lab.DataVenue;
import io.vedette.lab.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes a venue of {@code FILE[:label=COLUMN][:side=PIXELS][:model=linear|tree|network]}. */
final class DataOption implements ITypeConverter<DataVenue> {

  private static final int MOST_PIXELS = 64; // a side

  @Override
  public DataVenue convert(String text) {
    String[] parts = text.split(":", -1);
    String label = "";
    int side = 0;
    DataVenue.Kind model = DataVenue.Kind.NETWORK;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        throw new TypeConversionException(
            "a part must be label=, side= or model= and its value, was '" + parts[i] + "'");
      }
      String key = parts[i].substring(0, equals);
      String value = parts[i].substring(equals + 1);
      switch (key) {
        case "label" -> label = value;
        case "side" -> side = side(value);
        case "model" -> model = model(value);
        default ->
            throw new TypeConversionException("a part must be label, side or model, was " + key);
      }
    }
    Path file = Path.of(parts[0]);
    try {
      return new DataVenue(name(file, model), population(file, label, side), model);
    } catch (IOException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static DataPopulation population(Path file, String label, int side) throws IOException {
    List<Row> rows = DataFile.read(file, label);
    int features = rows.get(0).x().length;
    if (side == 0) {
      return new DataPopulation(name(file), rows, features);
    }
    if (side * side != features) {
      throw new TypeConversionException(
          "side must be the root of " + features + " for " + file + ", was " + side);
    }
    return new DataPopulation(name(file), grey(rows), side, side);
  }

  /** Pictures from 0 to 1. */
  private static List<Row> grey(List<Row> rows) {
    float most = 0;
    for (Row row : rows) {
      for (float v : row.x()) {
        most = Math.max(most, v);
      }
    }
    List<Row> result = new ArrayList<>(rows.size());
    for (Row row : rows) {
      float[] x = row.x().clone();
      for (int i = 0; i < x.length; i++) {
        x[i] = most > 0 ? Math.max(0, x[i]) / most : 0;
      }
      result.add(new Row(x, row.label()));
    }
    return result;
  }

  /** Name of the served model: two models of one file are two. */
  private static String name(Path file, DataVenue.Kind model) {
    return name(file) + '-' + model.name().toLowerCase(Locale.ROOT);
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static int side(String value) {
    if (value.matches("[0-9]{1,2}")) {
      int side = Integer.parseInt(value);
      if (side >= 8 && side <= MOST_PIXELS) {
        return side;
      }
    }
    throw new TypeConversionException("side must be 8 to " + MOST_PIXELS + ", was " + value);
  }

  private static DataVenue.Kind model(String value) {
    for (DataVenue.Kind kind : DataVenue.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(value)) {
        return kind;
      }
    }
    throw new TypeConversionException("model must be linear, tree or network, was " + value);
  }
}
