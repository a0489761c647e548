package io.vedette.app.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.lab.board.Mode;
import io.vedette.lab.board.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scoreboard's results as text, Markdown or JSON. */
final class Report {

  private static final List<String> ATTACK_HEAD =
      List.of(
          "attack",
          "reaches its aim",
          "found",
          "median",
          "p90",
          "spent",
          "published",
          "named",
          "family",
          "counter",
          "PRADA");
  private static final List<String> BENIGN_HEAD =
      List.of(
          "honest callers",
          "caller-days",
          "calls a day",
          "accused",
          "a caller-day",
          "at most (95 %)",
          "model incidents",
          "counter",
          "PRADA");

  private final List<AttackLine> attacks;
  private final List<BenignLine> benign;
  private final String title;

  /** A report on results; the title says how they came about. */
  Report(Results results, String title) {
    this.attacks = AttackLine.of(results.campaigns());
    this.benign = BenignLine.of(results.benign());
    this.title = title;
  }

  /** Aligned columns. */
  String text() {
    return render(Table::text);
  }

  /** Pipe tables. */
  String markdown() {
    return render(Table::markdown);
  }

  /** One object with all figures. */
  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", title);
    all.put("attacks", attacks);
    all.put("benign", benign);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lines are plain values", e);
    }
  }

  private String render(java.util.function.Function<Table, String> form) {
    StringBuilder out = new StringBuilder(title).append("\n");
    for (Mode mode : Mode.values()) {
      List<AttackLine> lines = attacks.stream().filter(a -> a.mode().equals(mode.id())).toList();
      if (!lines.isEmpty()) {
        out.append("\n").append(mode.id()).append(": ").append(summary(lines)).append("\n\n");
        out.append(form.apply(attackTable(lines)));
      }
    }
    if (!attacks.isEmpty()) {
      out.append(
          """

          median, p90: the attacker's own queries answered until an incident named him (cover not
          counted); spent: median share of the campaign's budget, published: of the publication's;
          named: share of his accounts; family: found by the detector of the attack's family;
          counter: 500 calls an hour; + held out: detectors are not tuned on it
          """);
    }
    if (!benign.isEmpty()) {
      out.append("\n").append(form.apply(benignTable()));
      out.append("\n* declared indistinguishable by what they send; peers: callers flagged\n");
      for (BenignLine line : benign) {
        boolean sum = line.kind().startsWith("all ");
        line.titles().stream()
            .filter(t -> !sum)
            .forEach(t -> out.append("  ").append(line.kind()).append(": ").append(t).append("\n"));
      }
    }
    return out.toString();
  }

  private static String summary(List<AttackLine> lines) {
    int campaigns = lines.stream().mapToInt(AttackLine::campaigns).sum();
    int found = lines.stream().mapToInt(AttackLine::found).sum();
    int right = lines.stream().mapToInt(AttackLine::rightFamily).sum();
    int counter = lines.stream().mapToInt(AttackLine::counter).sum();
    int prada = lines.stream().mapToInt(AttackLine::prada).sum();
    return String.format(
        Locale.ROOT,
        "found %d of %d, %d by the right family; counter rule %d, PRADA %d",
        found,
        campaigns,
        right,
        counter,
        prada);
  }

  private static Table attackTable(List<AttackLine> lines) {
    List<List<String>> rows = new ArrayList<>();
    for (AttackLine a : lines) {
      rows.add(
          List.of(
              a.attack() + (a.heldOut() ? " +" : ""),
              of(a.succeeded(), a.campaigns())
                  + String.format(Locale.ROOT, " (%s %.2f)", a.measure(), a.measured()),
              of(a.found(), a.campaigns()),
              queries(a.median()),
              queries(a.p90()),
              percent(a.spent()),
              percent(a.published()),
              a.found() == 0 ? "-" : percent(a.named()),
              of(a.rightFamily(), a.found()),
              of(a.counter(), a.campaigns()),
              of(a.prada(), a.campaigns())));
    }
    return new Table(ATTACK_HEAD, rows);
  }

  private Table benignTable() {
    List<List<String>> rows = new ArrayList<>();
    for (BenignLine b : benign) {
      boolean marked = b.indistinguishable() && !b.kind().startsWith("all ");
      rows.add(
          List.of(
              b.kind() + (marked ? " *" : ""),
              Integer.toString(b.callerDays()),
              String.format(Locale.ROOT, "%.0f", b.callsPerDay()),
              Integer.toString(b.accused()),
              rate(b.rate()),
              rate(b.upper()),
              Integer.toString(b.modelIncidents()),
              of(b.counter(), b.peerCallers()),
              of(b.prada(), b.peerCallers())));
    }
    return new Table(BENIGN_HEAD, rows);
  }

  private static String of(int part, int all) {
    return part + " of " + all;
  }

  private static String queries(int n) {
    return n < 0 ? "-" : Integer.toString(n);
  }

  private static String rate(double rate) {
    return rate == 0 ? "0" : String.format(Locale.ROOT, "%.1e", rate);
  }

  private static String percent(double share) {
    return share < 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
