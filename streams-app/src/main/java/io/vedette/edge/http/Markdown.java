package io.vedette.edge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Analysts' pages as HTML: headings, paragraphs, lists, tables, code, emphasis and addresses, which
 * is all that they use. Everything else is text; no markup of the source comes through.
 */
final class Markdown {

  private static final Pattern HEADING = Pattern.compile("(#{1,4}) (.*)");
  private static final Pattern ITEM = Pattern.compile("(-|[0-9]{1,3}\\.) (.*)");
  private static final Pattern RULER = Pattern.compile("\\|(\\s*:?-+:?\\s*\\|)+");
  private static final Pattern INLINE =
      Pattern.compile(
          "`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*|(https://[^\\s<>\"()]*[^\\s<>\"().,;])");

  private final StringBuilder html = new StringBuilder(16_384);
  private final List<String> block = new ArrayList<>(); // lines of a paragraph or item
  private String list = ""; // tag of the list that is open
  private boolean table;

  private Markdown() {}

  /** The body of a page. */
  static String html(String source) {
    Markdown page = new Markdown();
    source.lines().forEach(page::line);
    page.end();
    return page.html.toString();
  }

  private void line(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (line.isBlank()) {
      end();
    } else if (heading.matches()) {
      end();
      tagged("h" + heading.group(1).length(), heading.group(2));
    } else if (line.startsWith("|")) {
      row(line);
    } else if (item.matches()) {
      flush();
      open(item.group(1).equals("-") ? "ul" : "ol");
      block.add(item.group(2));
    } else {
      block.add(line.strip());
    }
  }

  private void row(String line) {
    if (RULER.matcher(line).matches()) {
      return;
    }
    if (!table) {
      end();
      html.append("<table>\n");
    }
    html.append("<tr>");
    for (String cell : line.substring(1).split("(?<!\\\\)\\|", -1)) {
      if (!cell.isBlank()) {
        tagged(table ? "td" : "th", cell.strip().replace("\\|", "|"));
      }
    }
    html.append("</tr>\n");
    table = true;
  }

  private void open(String tag) {
    if (!list.equals(tag)) {
      end();
      html.append('<').append(tag).append(">\n");
      list = tag;
    }
  }

  private void flush() {
    if (!block.isEmpty()) {
      tagged(list.isEmpty() ? "p" : "li", String.join(" ", block));
      block.clear();
    }
  }

  /** Ends whatever is open. */
  private void end() {
    flush();
    if (!list.isEmpty()) {
      html.append("</").append(list).append(">\n");
      list = "";
    }
    if (table) {
      html.append("</table>\n");
      table = false;
    }
  }

  private void tagged(String tag, String text) {
    html.append('<').append(tag).append('>');
    Matcher parts = INLINE.matcher(text);
    int from = 0;
    while (parts.find()) {
      html.append(escape(text.substring(from, parts.start())));
      from = parts.end();
      if (parts.group(1) != null) {
        simple("code", parts.group(1));
      } else if (parts.group(2) != null) {
        simple("strong", parts.group(2));
      } else if (parts.group(3) != null) {
        simple("em", parts.group(3));
      } else {
        String address = escape(parts.group(4));
        html.append("<a href=\"").append(address).append("\">").append(address).append("</a>");
      }
    }
    html.append(escape(text.substring(from))).append("</").append(tag).append(">\n");
  }

  private void simple(String tag, String text) {
    html.append('<').append(tag).append('>').append(escape(text));
    html.append("</").append(tag).append('>');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
