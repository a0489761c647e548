package io.vedette.helm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments of values.yaml by the path of the value below them. */
final class ValueComments {

  private static final Pattern LINE = Pattern.compile("( *)(?:# (.*)|([A-Za-z]+):.*)");

  private final Map<String, String> byPath = new LinkedHashMap<>();

  ValueComments(String values) {
    List<String> path = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    for (String line : values.split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        comment.setLength(0);
        continue;
      }
      if (matcher.group(2) != null) {
        comment.append(comment.length() == 0 ? "" : " ").append(matcher.group(2));
        continue;
      }
      int depth = matcher.group(1).length() / 2;
      path.subList(Math.min(depth, path.size()), path.size()).clear();
      path.add(matcher.group(3));
      if (comment.length() > 0) {
        byPath.put(String.join(".", path), comment.toString().replace("|", "\\|"));
      }
      comment.setLength(0);
    }
  }

  Map<String, String> byPath() {
    return byPath;
  }
}
