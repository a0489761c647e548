package io.vedette.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Reads a data set: one row a line, values with commas between, without quotes. A first line
 * without any number is a header. Columns with words become numbers in the order of the words.
 */
public final class DataFile {

  private static final int MOST_ROWS = 200_000;
  private static final int MOST_COLUMNS = 4_096;
  private static final int MOST_CLASSES = 64;

  private DataFile() {}

  /**
   * Reads a file; {@code .gz} is unpacked.
   *
   * @param label name or number, from 1, of the column of the class; empty for the last one
   * @throws IOException when it cannot be read or is no such table; the message names the line
   */
  public static List<Row> read(Path file, String label) throws IOException {
    List<String[]> lines = lines(file);
    String[] header = isHeader(lines.get(0)) ? lines.remove(0) : new String[0];
    if (lines.size() < 2) {
      throw new IOException(file + " must have two rows at least, has " + lines.size());
    }
    int columns = lines.get(0).length;
    int target = target(header, columns, label, file);
    double[][] values = new double[columns][];
    for (int c = 0; c < columns; c++) {
      values[c] = column(lines, c);
    }
    Map<Double, Integer> classes = new TreeMap<>();
    for (double v : values[target]) {
      classes.putIfAbsent(v, 0);
    }
    if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
      throw new IOException(
          "the label of "
              + file
              + " must have 2 to "
              + MOST_CLASSES
              + " classes, has "
              + classes.size());
    }
    int next = 0;
    for (Map.Entry<Double, Integer> each : classes.entrySet()) {
      each.setValue(next++);
    }
    List<Row> rows = new ArrayList<>(lines.size());
    for (int r = 0; r < lines.size(); r++) {
      float[] x = new float[columns - 1];
      for (int c = 0; c < columns; c++) {
        if (c != target) {
          x[c < target ? c : c - 1] = (float) values[c][r];
        }
      }
      rows.add(new Row(x, classes.getOrDefault(values[target][r], 0)));
    }
    return rows;
  }

  private static List<String[]> lines(Path file) throws IOException {
    List<String[]> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      for (int number = 1; line != null; number++, line = reader.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        String[] values = line.split(",", MOST_COLUMNS + 1);
        boolean ragged = !lines.isEmpty() && values.length != lines.get(0).length;
        if (values.length < 2 || values.length > MOST_COLUMNS || ragged) {
          throw new IOException(
              file
                  + " line "
                  + number
                  + " must have as many columns as the first, 2 to "
                  + MOST_COLUMNS
                  + ", has "
                  + values.length);
        }
        if (lines.size() == MOST_ROWS) {
          throw new IOException(file + " must have " + MOST_ROWS + " rows at most");
        }
        lines.add(values);
      }
    }
    if (lines.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return lines;
  }

  private static boolean isHeader(String[] values) {
    for (String value : values) {
      if (!Double.isNaN(number(value))) {
        return false;
      }
    }
    return true;
  }

  private static int target(String[] header, int columns, String label, Path file)
      throws IOException {
    if (label.isEmpty()) {
      return columns - 1;
    }
    for (int c = 0; c < header.length; c++) {
      if (header[c].strip().equals(label)) {
        return c;
      }
    }
    double number = number(label);
    if (number >= 1 && number <= columns) {
      return (int) number - 1;
    }
    throw new IOException(
        "the label of "
            + file
            + " must be one of its columns, or 1 to "
            + columns
            + ", was "
            + label);
  }

  /** Numbers as they are; where one value is none, all become places among the words. */
  private static double[] column(List<String[]> lines, int c) {
    double[] values = new double[lines.size()];
    boolean words = false;
    for (int r = 0; r < values.length; r++) {
      values[r] = number(lines.get(r)[c]);
      words |= Double.isNaN(values[r]);
    }
    if (!words) {
      return values;
    }
    Map<String, Integer> places = new TreeMap<>();
    for (String[] line : lines) {
      places.putIfAbsent(line[c].strip(), 0);
    }
    int next = 0;
    for (Map.Entry<String, Integer> each : places.entrySet()) {
      each.setValue(next++);
    }
    for (int r = 0; r < values.length; r++) {
      values[r] = places.getOrDefault(lines.get(r)[c].strip(), 0);
    }
    return values;
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
