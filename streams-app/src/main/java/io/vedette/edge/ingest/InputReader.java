package io.vedette.edge.ingest;

import io.vedette.core.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code input}: what was sent to the model. */
final class InputReader {

  static final int MAX_DIMENSIONS = 8;

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool");

  private final LineCursor at;
  private final FloatRows rows;

  private boolean numeric;
  private boolean embedding;
  private float[] values = {};
  private int columns;
  private int rowCount;
  private int @Nullable [] shape;
  private @Nullable List<Map<String, String>> categorical;
  private @Nullable List<Payload.Message> messages;
  private @Nullable String hash;

  InputReader(LineCursor at, FloatRows rows) {
    this.at = at;
    this.rows = rows;
  }

  Payload read() throws IOException, IngestException {
    if (at.atNull()) {
      return Payload.NONE;
    }
    at.expectObject();
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "features" -> seen = numbers(at.once(seen, 0), false);
        case "embedding" -> seen = numbers(at.once(seen, 1), true);
        case "categorical" -> {
          seen = at.once(seen, 2);
          categorical = categories();
        }
        case "shape" -> {
          seen = at.once(seen, 3);
          shape = shape();
        }
        case "messages" -> {
          seen = at.once(seen, 4);
          messages = messages();
        }
        case "hash" -> {
          seen = at.once(seen, 5);
          hash = at.idOrNull();
        }
        default -> at.json.skipChildren();
      }
    }
    return payload();
  }

  private Payload payload() throws IngestException {
    boolean tabular = numeric || categorical != null;
    int kinds = (tabular ? 1 : 0) + (messages != null ? 1 : 0) + (hash != null ? 1 : 0);
    if (kinds > 1) {
      throw at.error("must have one of features, messages, embedding, hash");
    }
    if (messages != null) {
      return new Payload.Text(messages);
    }
    if (hash != null) {
      return new Payload.Hash(hash);
    }
    return tabular ? features() : Payload.NONE;
  }

  private Payload features() throws IngestException {
    if (!numeric) {
      rowCount = categorical == null ? 1 : categorical.size();
    } else if (categorical != null && categorical.size() != rowCount) {
      throw at.error("must have as many rows of categorical as of features");
    }
    int[] rowShape = shape == null ? new int[] {columns} : shape;
    long product = 1;
    for (int dimension : rowShape) {
      product *= dimension;
    }
    if (product != columns) {
      throw at.error("must have a shape whose product is the number of features of a row");
    }
    return new Payload.Features(
        values, rowCount, columns, rowShape, columns(categorical), embedding);
  }

  private List<Payload.Categorical> columns(@Nullable List<Map<String, String>> byRow)
      throws IngestException {
    if (byRow == null) {
      return List.of();
    }
    if (byRow.size() == 1) {
      List<Payload.Categorical> single = new ArrayList<>(byRow.get(0).size());
      byRow.get(0).forEach((k, v) -> single.add(new Payload.Categorical(k, List.of(v))));
      return List.copyOf(single);
    }
    TreeMap<String, List<String>> columns = new TreeMap<>();
    for (int row = 0; row < byRow.size(); row++) {
      for (var cell : byRow.get(row).entrySet()) {
        List<String> column = columns.computeIfAbsent(cell.getKey(), k -> new ArrayList<>());
        while (column.size() < row) {
          column.add("");
        }
        column.add(cell.getValue());
      }
      if ((long) columns.size() * byRow.size() > FloatRows.MAX_VALUES) {
        throw at.error("must have at most " + FloatRows.MAX_VALUES + " categorical values");
      }
    }
    List<Payload.Categorical> full = new ArrayList<>(columns.size());
    for (var column : columns.entrySet()) {
      while (column.getValue().size() < byRow.size()) {
        column.getValue().add("");
      }
      full.add(new Payload.Categorical(column.getKey(), column.getValue()));
    }
    return full;
  }

  /** Features and embedding: a list of numbers, or a list of such rows. */
  private int numbers(int seen, boolean asEmbedding) throws IOException, IngestException {
    if (at.atNull()) {
      return seen;
    }
    if (numeric) {
      throw at.error("must not stand beside another list of numbers");
    }
    numeric = true;
    embedding = asEmbedding;
    readRows(at, rows, true);
    values = rows.copy();
    rowCount = rows.rows();
    columns = rows.columns();
    return seen;
  }

  /** Reads a list of numbers as one row, or a list of lists as rows of equal length. */
  static void readRows(LineCursor at, FloatRows rows, boolean nullable)
      throws IOException, IngestException {
    at.expectArray();
    rows.clear();
    boolean flat = false;
    while (at.nextElement()) {
      if (!at.atArray()) {
        flat = true;
        if (rows.nested()) {
          throw at.error("must be a list, as the rows before it are");
        }
        add(at, rows, nullable);
        continue;
      }
      if (flat) {
        throw at.error("must be a number, as the values before it are");
      }
      while (at.nextElement()) {
        add(at, rows, nullable);
      }
      if (!rows.endRow()) {
        throw at.error("must be as long as the first row");
      }
    }
    if (!rows.nested()) {
      rows.endFlat();
    }
  }

  private static void add(LineCursor at, FloatRows rows, boolean nullable)
      throws IOException, IngestException {
    if (!rows.add(at.real(nullable))) {
      throw at.error("must not exceed " + FloatRows.MAX_VALUES + " values in all rows");
    }
  }

  private List<Map<String, String>> categories() throws IOException, IngestException {
    if (at.atNull()) {
      return List.of(new TreeMap<>());
    }
    if (!at.atArray()) {
      return List.of(category());
    }
    List<Map<String, String>> byRow = new ArrayList<>();
    while (at.nextElement()) {
      byRow.add(category());
    }
    if (byRow.isEmpty()) {
      throw at.error("must have at least one row");
    }
    return byRow;
  }

  private Map<String, String> category() throws IOException, IngestException {
    at.expectObject();
    Map<String, String> row = new TreeMap<>();
    String name;
    while ((name = at.nextField()) != null) {
      if (name.isEmpty() || name.length() > LineCursor.LONGEST_ID || !LineCursor.printable(name)) {
        throw at.error("must be named by 1 to 256 printable characters");
      }
      String value = at.shortScalar();
      if (row.put(name, value == null ? "" : value) != null) {
        throw at.error("must not be given twice");
      }
    }
    return row;
  }

  private int @Nullable [] shape() throws IOException, IngestException {
    if (at.atNull()) {
      return null;
    }
    at.expectArray();
    int[] dimensions = new int[MAX_DIMENSIONS];
    int count = 0;
    long product = 1;
    while (at.nextElement()) {
      if (count == MAX_DIMENSIONS) {
        throw at.error("must not be a dimension beyond the eighth");
      }
      int dimension = at.integer(1, FloatRows.MAX_VALUES);
      product *= dimension;
      if (dimension == 0 || product > FloatRows.MAX_VALUES) {
        throw at.error("must be positive, and the product at most " + FloatRows.MAX_VALUES);
      }
      dimensions[count++] = dimension;
    }
    return Arrays.copyOf(dimensions, count);
  }

  private @Nullable List<Payload.Message> messages() throws IOException, IngestException {
    if (at.atNull()) {
      return null;
    }
    at.expectArray();
    List<Payload.Message> list = new ArrayList<>();
    while (at.nextElement()) {
      list.add(message());
    }
    return List.copyOf(list);
  }

  private Payload.Message message() throws IOException, IngestException {
    at.expectObject();
    String role = null;
    String content = "";
    int seen = 0;
    String field;
    while ((field = at.nextField()) != null) {
      switch (field) {
        case "role" -> {
          seen = at.once(seen, 0);
          role = at.text();
          if (!ROLES.contains(role)) {
            throw at.error("must be one of system, developer, user, assistant, tool");
          }
        }
        case "content" -> {
          seen = at.once(seen, 1);
          String text = at.textOrNull(); // null beside tool calls
          content = text == null ? "" : text;
        }
        default -> at.json.skipChildren();
      }
    }
    if (role == null) {
      throw at.error("must have a role");
    }
    return new Payload.Message(role, content);
  }
}
