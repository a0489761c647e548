package io.vedette.edge.cli;

/** Makes names that attackers chose safe to print: nothing of them moves the cursor or the eye. */
final class TerminalText {

  private static final int MAX_MARKS = 2; // combining marks in a row that real scripts need

  private TerminalText() {}

  /**
   * The text with control, format (bidi, zero width), separator, private and unpaired characters
   * written as {@code \\u{hex}}, cut to a number of characters.
   */
  static String clean(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 16);
    int marks = 0;
    for (int at = 0; at < text.length(); ) {
      if (out.length() >= longest) {
        return out.append("...").toString();
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      int type = Character.getType(c);
      marks = mark(type) ? marks + 1 : 0;
      if (hidden(type) || marks > MAX_MARKS) {
        out.append("\\u{").append(Integer.toHexString(c)).append('}');
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
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
