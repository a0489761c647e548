package io.vedette.app.board;

import java.util.List;

/**
 * A table of text.
 *
 * @param head column names
 * @param rows as many cells each as the head
 */
record Table(List<String> head, List<List<String>> rows) {

  /** Aligned columns: the first to the left, the others to the right. */
  String text() {
    int[] widths = new int[head.size()];
    measure(widths, head);
    rows.forEach(row -> measure(widths, row));
    StringBuilder out = new StringBuilder();
    line(out, widths, head);
    rows.forEach(row -> line(out, widths, row));
    return out.toString();
  }

  /** A pipe table. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    pipes(out, head);
    out.append("|---".repeat(head.size())).append("|\n");
    rows.forEach(row -> pipes(out, row));
    return out.toString();
  }

  private static void measure(int[] widths, List<String> row) {
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Math.max(widths[c], row.get(c).length());
    }
  }

  private static void line(StringBuilder out, int[] widths, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - row.get(c).length());
      line.append(c == 0 ? row.get(c) + pad : "  " + pad + row.get(c));
    }
    out.append(line.toString().stripTrailing()).append("\n");
  }

  private static void pipes(StringBuilder out, List<String> row) {
    out.append("| ").append(String.join(" | ", row)).append(" |\n");
  }
}
