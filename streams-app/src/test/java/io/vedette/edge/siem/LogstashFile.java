package io.vedette.edge.siem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Logstash pipeline without conditions: sections of plugins, plugins of options. Whatever
 * else stands there is an error.
 */
final class LogstashFile {

  private static final Pattern TOKEN =
      Pattern.compile("\\s+|#[^\\n]*|(\"[^\"\\n]*\"|=>|[{}\\[\\],]|[A-Za-z0-9_.-]+)");

  private final List<String> tokens = new ArrayList<>();
  private int at;

  private LogstashFile(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new IllegalArgumentException(
            "no token at " + text.substring(end).lines().findFirst());
      }
      if (matcher.group(1) != null) {
        tokens.add(matcher.group(1));
      }
      end = matcher.end();
    }
  }

  /** Section, plugin, option; values are texts, lists of texts, or plugins in turn. */
  static Map<String, Map<String, Map<String, Object>>> read(String text) {
    LogstashFile file = new LogstashFile(text);
    Map<String, Map<String, Map<String, Object>>> sections = new LinkedHashMap<>();
    while (file.at < file.tokens.size()) {
      Map<String, Map<String, Object>> plugins = new LinkedHashMap<>();
      put(sections, file.word(), plugins);
      file.expect("{");
      while (!file.next("}")) {
        put(plugins, file.word(), file.options());
      }
    }
    return sections;
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    expect("{");
    while (!next("}")) {
      String name = word();
      expect("=>");
      put(options, name, value());
    }
    return options;
  }

  private Object value() {
    if (next("[")) {
      List<Object> list = new ArrayList<>();
      do {
        list.add(value());
      } while (next(","));
      expect("]");
      return list;
    }
    if (peek().startsWith("\"")) {
      String quoted = tokens.get(at++);
      return quoted.substring(1, quoted.length() - 1);
    }
    String word = word();
    return peek().equals("{") ? Map.of(word, options()) : word;
  }

  private String word() {
    String token = peek();
    if (!token.matches("[A-Za-z0-9_.-]+")) {
      throw new IllegalArgumentException("a name is wanted, not " + token);
    }
    at++;
    return token;
  }

  private String peek() {
    if (at == tokens.size()) {
      throw new IllegalArgumentException("the file ends too early");
    }
    return tokens.get(at);
  }

  private boolean next(String token) {
    boolean is = peek().equals(token);
    at += is ? 1 : 0;
    return is;
  }

  private void expect(String token) {
    if (!next(token)) {
      throw new IllegalArgumentException(token + " is wanted, not " + peek());
    }
  }

  private static <T> void put(Map<String, T> map, String name, T value) {
    if (map.put(name, value) != null) {
      throw new IllegalArgumentException(name + " stands there twice");
    }
  }
}
