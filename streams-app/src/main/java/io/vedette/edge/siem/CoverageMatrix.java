package io.vedette.edge.siem;

import io.vedette.core.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The detectors against the lists of MITRE, OWASP and NIST, as a Markdown page. */
public final class CoverageMatrix {

  private CoverageMatrix() {}

  /**
   * The page, ended by a line feed.
   *
   * @param built profiles of the detectors in this build
   */
  public static String render(Taxonomy taxonomy, List<Profile> built) {
    StringBuilder page = new StringBuilder(8192);
    page.append("# What is covered\n\n")
        .append("Generated from `taxonomy.json` (")
        .append(taxonomy.version())
        .append(") and the detectors of this build; a test keeps it current.\n\n")
        .append("Editions: MITRE ATLAS ")
        .append(taxonomy.edition("atlas"))
        .append(", OWASP Machine Learning Top 10 ")
        .append(taxonomy.edition("owaspMl"))
        .append(", OWASP LLM Top 10 ")
        .append(taxonomy.edition("owaspLlm"))
        .append(", NIST ")
        .append(taxonomy.edition("nist"))
        .append(", OWASP AISVS ")
        .append(taxonomy.edition("aisvs"))
        .append(", OCSF ")
        .append(taxonomy.edition("ocsf"))
        .append(".\n\n")
        .append("Events carry the ATLAS techniques that the finding claims, never all of a row.")
        .append(" Of AISVS only chapter 12, monitoring, is mapped.\n\n")
        .append("| detector | in this build | what it reports | ATLAS | OWASP ML | OWASP LLM |")
        .append(" NIST AI 100-2 | AISVS | OCSF type |\n")
        .append("|---|---|---|---|---|---|---|---|---|\n");
    taxonomy.detectors().forEach((id, entry) -> row(page, built, id, entry));
    section(page, "ATLAS techniques", names(taxonomy));
    section(page, "OWASP AISVS requirements", taxonomy.aisvs());
    return page.toString();
  }

  private static void row(
      StringBuilder page, List<Profile> built, String id, Taxonomy.Entry entry) {
    Optional<Profile> profile = built.stream().filter(p -> p.id().equals(id)).findFirst();
    List<String> claimed =
        profile.map(p -> p.techniques().stream().map(t -> t.id()).toList()).orElse(List.of());
    List<String> llm = new ArrayList<>(entry.owaspLlm2025());
    llm.addAll(entry.owaspLlm2026());
    page.append("| `")
        .append(id)
        .append("` | ")
        .append(profile.map(p -> p.maturity().name().toLowerCase(Locale.ROOT)).orElse("no"))
        .append(" | ")
        .append(entry.name())
        .append(" | ")
        .append(
            entry.techniques().stream()
                .map(t -> claimed.contains(t) ? "**" + t + "**" : t)
                .collect(Collectors.joining(", ")))
        .append(" | ")
        .append(String.join(", ", entry.owaspMl()))
        .append(" | ")
        .append(String.join(", ", llm))
        .append(" | ")
        .append(String.join(", ", entry.nist()))
        .append(" | ")
        .append(String.join(", ", entry.aisvs()))
        .append(" | ")
        .append(String.join(", ", entry.ocsfTypes()))
        .append(" |\n");
  }

  private static Map<String, String> names(Taxonomy taxonomy) {
    return taxonomy.techniques().keySet().stream()
        .collect(Collectors.toMap(id -> id, taxonomy::fullName, (a, b) -> a, LinkedHashMap::new));
  }

  private static void section(StringBuilder page, String title, Map<String, String> names) {
    page.append("\n## ").append(title).append("\n\n");
    if (title.startsWith("ATLAS")) {
      page.append("Bold above: claimed by a detector of this build.\n\n");
    }
    page.append("| id | name |\n|---|---|\n");
    names.forEach(
        (id, name) -> page.append("| ").append(id).append(" | ").append(name).append(" |\n"));
  }
}
