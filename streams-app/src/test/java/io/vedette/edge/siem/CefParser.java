package io.vedette.edge.siem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads CEF as the specification says; shares nothing with the renderer. */
final class CefParser {

  private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9]+)=");

  final List<String> header = new ArrayList<>();
  final Map<String, String> fields = new LinkedHashMap<>();

  CefParser(String line) {
    if (!line.startsWith("CEF:0|")) {
      throw new IllegalArgumentException("no CEF: " + line);
    }
    int at = 6;
    StringBuilder part = new StringBuilder();
    while (header.size() < 6) {
      char c = line.charAt(at++);
      if (c == '\\') {
        part.append(line.charAt(at++));
      } else if (c == '|') {
        header.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    extensions(line.substring(at));
  }

  private void extensions(String text) {
    Matcher keys = KEY.matcher(text);
    String name = null;
    int from = 0;
    while (keys.find()) {
      if (name != null) {
        put(name, text.substring(from, keys.start()));
      }
      name = keys.group(1);
      from = keys.end();
    }
    if (name != null) {
      put(name, text.substring(from));
    }
  }

  private void put(String name, String escaped) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        char next = escaped.charAt(++i);
        value.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else if (c == '=') {
        throw new IllegalArgumentException("unescaped = in " + name);
      } else {
        value.append(c);
      }
    }
    if (fields.put(name, value.toString()) != null) {
      throw new IllegalArgumentException("key twice: " + name);
    }
  }
}
