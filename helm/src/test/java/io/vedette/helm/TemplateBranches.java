package io.vedette.helm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks every branch of a template: the bodies of {@code if}, {@code else}, {@code with} and {@code
 * range}, and the way past an {@code if} or {@code with} without {@code else}. A branch that is
 * taken leaves its name as a key among the values, and nothing in the rendering.
 */
final class TemplateBranches {

  static final String KEY = "branch ";

  /** Templates whose argument is not the root: nothing in them can leave a mark. */
  private static final Set<String> ROOTLESS =
      Set.of(
          "vedette.bytes",
          "vedette.probe",
          "vedette.secretVolume",
          "vedette.topic",
          "vedette.version");

  private static final Pattern ACTION =
      Pattern.compile("\\{\\{(-?)\\s*(/\\*.*?\\*/|.*?)\\s*(-?)}}", Pattern.DOTALL);

  /** A block that is open, with its present branch and those within. */
  private static final class Block {
    final String word;
    final String head;
    final Set<String> branches = new TreeSet<>();
    boolean otherwise;

    Block(String word, String head) {
      this.word = word;
      this.head = head;
    }
  }

  private final Map<String, Boolean> refusals = new TreeMap<>(); // by branch: whether it fails
  private final Deque<Block> open = new ArrayDeque<>();
  private String file = "";
  private boolean rootless;

  /** Branches that end in a rendering; those that refuse it are not among them. */
  Set<String> branches() {
    Map<String, Boolean> rendered = new TreeMap<>(refusals);
    rendered.values().removeIf(refuses -> refuses);
    return rendered.keySet();
  }

  /** A template with its branches marked. */
  String mark(String name, String text) {
    file = name;
    var out = new StringBuilder();
    int from = 0;
    Matcher actions = ACTION.matcher(text);
    while (actions.find()) {
      out.append(text, from, actions.start());
      from = actions.end();
      int line =
          1 + (int) text.substring(0, actions.start()).chars().filter(c -> c == '\n').count();
      out.append(marked(actions, line));
    }
    return out.append(text.substring(from)).toString();
  }

  private String marked(Matcher action, int line) {
    String words = action.group(2);
    String whole = action.group();
    String word = words.split("\\s", 2)[0];
    switch (word) {
      case "define" -> {
        open.push(new Block(word, words));
        rootless = ROOTLESS.stream().anyMatch(n -> words.contains('"' + n + '"'));
        return whole;
      }
      case "if", "with", "range" -> {
        open.push(new Block(word, words));
        return whole + begin(action, line, words);
      }
      case "else" -> {
        open.element().otherwise = words.equals("else");
        return whole + begin(action, line, words + " of " + open.element().head);
      }
      case "end" -> {
        return end(action, whole, line);
      }
      case "fail" -> open.element().branches.forEach(branch -> refusals.replace(branch, true));
      default -> {}
    }
    return whole;
  }

  private String begin(Matcher action, int line, String words) {
    if (rootless) {
      if (!open.element().word.equals("range")) {
        throw new IllegalStateException(file + " line " + line + ": cannot mark " + words);
      }
      return "";
    }
    String branch =
        "%s %03d %s %d"
            .formatted(file, line, words.replaceAll("[\\s\"\\\\]+", " "), refusals.size());
    open.element().branches.clear();
    open.forEach(block -> block.branches.add(branch));
    refusals.put(branch, false);
    return "{{ $_ := set $.Values \""
        + KEY
        + branch
        + "\" true "
        + action.group(3)
        + "}}"; // trims as the action does
  }

  private String end(Matcher action, String whole, int line) {
    Block block = open.element();
    String past = "";
    if (!rootless && !block.otherwise && (block.word.equals("if") || block.word.equals("with"))) {
      past = "{{" + action.group(1) + " else }}" + begin(action, line, "past " + block.head);
    }
    open.pop();
    if (block.word.equals("define")) {
      rootless = false;
    }
    return past + whole;
  }
}
