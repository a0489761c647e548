package io.vedette.helm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression takes for granted of the metrics it names: their names, the labels of
 * its matchers and groupings, and the values that a matcher wants to be equal. Enough of the
 * grammar for our own rules and dashboards.
 */
final class Query {

  /** Labels that the scrape adds. */
  static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:vedette|kafka|jvm|process|system|kubelet)_[a-z0-9_]+)(\\{[^}]*})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\) \\(");

  private final String text;
  private final Map<String, Set<String>> labels = new TreeMap<>();
  private final Map<String, Map<String, String>> equal = new TreeMap<>();

  Query(String text) {
    this.text = text;
    Matcher selectors = SELECTOR.matcher(text);
    while (selectors.find()) {
      Set<String> names = labels.computeIfAbsent(selectors.group(1), n -> new TreeSet<>());
      Matcher matchers = MATCHER.matcher(selectors.group(2) == null ? "" : selectors.group(2));
      while (matchers.find()) {
        names.add(matchers.group(1));
        if (matchers.group(2).equals("=")) {
          equal
              .computeIfAbsent(selectors.group(1), n -> new TreeMap<>())
              .put(matchers.group(1), matchers.group(3));
        }
      }
    }
    Matcher groupings = GROUPING.matcher(text);
    while (groupings.find()) {
      List<String> by = split(groupings.group(1));
      Matcher inner = SELECTOR.matcher(text.substring(groupings.end(), close(groupings.end())));
      while (inner.find()) {
        labels.get(inner.group(1)).addAll(by);
      }
    }
  }

  Set<String> metrics() {
    return labels.keySet();
  }

  /** Labels that the result has at most, of those of a metric when it is not grouped. */
  Set<String> result(Map<String, Map<String, Set<String>>> scrape) {
    Set<String> result = new TreeSet<>(OF_THE_SCRAPE);
    Matcher groupings = GROUPING.matcher(text);
    if (groupings.find()) {
      result.clear();
      result.addAll(split(groupings.group(1)));
    } else {
      metrics().forEach(metric -> result.addAll(scrape.getOrDefault(metric, Map.of()).keySet()));
      labels.values().forEach(result::addAll);
    }
    return result;
  }

  /** What is not so in a scrape: metrics, their labels, values of labels. */
  Set<String> missing(Map<String, Map<String, Set<String>>> scrape) {
    Set<String> missing = new TreeSet<>();
    labels.forEach(
        (metric, names) -> {
          if (metric.startsWith("kubelet_")) {
            return; // of the cluster, not ours
          }
          Map<String, Set<String>> sampled = scrape.get(metric);
          if (sampled == null) {
            missing.add(metric);
            return;
          }
          for (String name : names) {
            if (!OF_THE_SCRAPE.contains(name) && !sampled.containsKey(name)) {
              missing.add(metric + " by " + name);
            }
          }
          equal
              .getOrDefault(metric, Map.of())
              .forEach(
                  (name, value) -> {
                    if (!OF_THE_SCRAPE.contains(name)
                        && !sampled.getOrDefault(name, Set.of()).contains(value)) {
                      missing.add(metric + " with " + name + '=' + value);
                    }
                  });
        });
    return missing;
  }

  /** Where the parenthesis closes that was open before a place. */
  private int close(int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  private static List<String> split(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).toList();
  }
}
