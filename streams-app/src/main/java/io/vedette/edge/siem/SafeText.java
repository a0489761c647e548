package io.vedette.edge.siem;

/**
 * Makes text that attackers chose harmless in logs, terminals, web pages, Markdown and
 * spreadsheets: what could act there is written as {@code \\u{hex}}, so an analyst still sees what
 * was sent.
 */
final class SafeText {

  /*
   * Written as \\u{hex}: control, format (bidi, zero width, tags), separator, private, unpaired and
   * unassigned characters; spaces other than U+0020, and U+0020 at either end; more than two
   * combining marks in a row; < > " and ` (HTML, JavaScript and shell); the parenthesis of a
   * Markdown link; = + - @ at the start (formulas). A plain apostrophe becomes a curly one. The result is at most as long as asked for, and
   * cleaning it again changes nothing.
   */

  private static final int MAX_MARKS = 2; // combining marks in a row that real scripts need
  private static final int APOSTROPHE = 0x2019; // reads as ' and ends no attribute
  private static final String CUT = "...";

  private SafeText() {}

  /** The text, harmless, in at most {@code longest} characters (at least 16). */
  static String clean(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 16);
    int marks = 0;
    int fits = 0; // length up to which the text can be cut and leave room for the dots
    int before = -1;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      boolean first = at == 0;
      at += Character.charCount(c);
      int type = Character.getType(c);
      marks = mark(type) ? marks + 1 : 0;
      boolean last = at == text.length();
      if (acts(c, type)
          || marks > MAX_MARKS
          || atEdge(c, first, last)
          || (c == '(' && before == ']')) {
        out.append("\\u{").append(Integer.toHexString(c)).append('}');
      } else {
        out.appendCodePoint(c == '\'' ? APOSTROPHE : c);
      }
      before = c;
      if (out.length() <= longest - CUT.length()) {
        fits = out.length();
      } else if (out.length() > longest) {
        return cut(out, fits);
      }
    }
    return out.toString();
  }

  private static String cut(StringBuilder out, int fits) {
    out.setLength(fits);
    return out.append(CUT).toString();
  }

  private static boolean atEdge(int c, boolean first, boolean last) {
    return (c == ' ' && (first || last)) || (first && "=+-@".indexOf(c) >= 0);
  }

  private static boolean acts(int c, int type) {
    return hidden(type)
        || (type == Character.SPACE_SEPARATOR && c != ' ')
        || c == '<'
        || c == '>'
        || c == '"'
        || c == '`';
  }

  private static boolean mark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean hidden(int type) {
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }
}
