package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each detector means in the words of others: MITRE ATLAS, OWASP, NIST, OCSF and ECS. Read
 * from one versioned data file, because these lists change more often than code.
 *
 * @param schemaVersion version of the file's shape
 * @param version year and month of the file's content
 * @param editions edition of each list, by list
 * @param tactics ATLAS tactics by id
 * @param techniques ATLAS techniques by id
 * @param mitigations ATLAS mitigations by id
 * @param owaspMl OWASP Machine Learning Top 10 by id and year
 * @param owaspLlm2025 OWASP LLM Top 10 of 2025
 * @param owaspLlm2026 OWASP LLM Top 10 of 2026
 * @param nist classes of NIST AI 100-2
 * @param aisvs requirements of OWASP AISVS, in our words
 * @param detectors entries by detector id
 */
public record Taxonomy(
    int schemaVersion,
    String version,
    Map<String, String> editions,
    Map<String, String> tactics,
    Map<String, TechniqueEntry> techniques,
    Map<String, String> mitigations,
    Map<String, String> owaspMl,
    Map<String, String> owaspLlm2025,
    Map<String, String> owaspLlm2026,
    Map<String, String> nist,
    Map<String, String> aisvs,
    Map<String, Entry> detectors) {

  private static final String RESOURCE = "taxonomy.json";
  private static final Entry UNKNOWN =
      new Entry(
          "Suspicious model traffic",
          "suspicious_traffic",
          true,
          0,
          0,
          List.of("suspicious_traffic"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of("api", "intrusion_detection"),
          List.of("info"),
          List.of(),
          List.of(),
          List.of("Open the sample requests and ask the owner of the account."));

  /**
   * A technique or sub-technique of ATLAS.
   *
   * @param name its name; of a sub-technique without its technique's
   * @param tactics ids of its tactics, the one that our evidence speaks for first
   */
  public record TechniqueEntry(String name, List<String> tactics) {}

  /**
   * One detector.
   *
   * @param name stable short text without variable parts; SIEMs group by it
   * @param category snake_case family
   * @param adversarial false for findings without an adversary, which carry no technique
   * @param analyticTypeId OCSF {@code analytic.type_id}
   * @param killChainPhaseId OCSF {@code kill_chain.phase_id}, 0 for none
   * @param ocsfTypes OCSF {@code finding_info.types}
   * @param techniques ATLAS techniques that its findings may carry
   * @param mitigations ATLAS mitigations, the first one first
   * @param owaspMl ids of the OWASP Machine Learning Top 10
   * @param owaspLlm2025 ids of the OWASP LLM Top 10 of 2025
   * @param owaspLlm2026 ids of the OWASP LLM Top 10 of 2026
   * @param nist ids of NIST AI 100-2
   * @param aisvs ids of OWASP AISVS
   * @param ecsCategory ECS {@code event.category}
   * @param ecsType ECS {@code event.type}
   * @param ruleOut innocent explanations to rule out first
   * @param checked innocent explanations that the detector itself holds its evidence against
   * @param nextSteps what to do next, in order
   */
  public record Entry(
      String name,
      String category,
      boolean adversarial,
      int analyticTypeId,
      int killChainPhaseId,
      List<String> ocsfTypes,
      List<String> techniques,
      List<String> mitigations,
      List<String> owaspMl,
      List<String> owaspLlm2025,
      List<String> owaspLlm2026,
      List<String> nist,
      List<String> aisvs,
      List<String> ecsCategory,
      List<String> ecsType,
      List<String> ruleOut,
      List<String> checked,
      List<String> nextSteps) {

    /** A detector may have checked nothing. */
    @SuppressWarnings("NullAway") // the reader gives null for what the file leaves out
    public Entry {
      checked = checked == null ? List.of() : List.copyOf(checked);
    }
  }

  /** Reads the file that comes with the program. */
  public static Taxonomy load() {
    try (InputStream in = Taxonomy.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return new ObjectMapper().readValue(in, Taxonomy.class);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }

  /** The entry of a detector, a general one when the file does not know it. */
  Entry detector(String id) {
    return detectors.getOrDefault(id, UNKNOWN);
  }

  /** The entry that an incident or finding is named after: that of its first detector. */
  Entry first(List<String> ids) {
    return ids.isEmpty() ? UNKNOWN : detector(ids.get(0));
  }

  /** Edition of a list, such as {@code atlas}. */
  String edition(String list) {
    return editions.getOrDefault(list, "");
  }

  /** Id of the technique that a sub-technique belongs to; null for techniques. */
  static @Nullable String parent(String id) {
    return id.matches("AML\\.T\\d{4}\\.\\d{3}") ? id.substring(0, id.lastIndexOf('.')) : null;
  }

  /** Name with the technique's in front for sub-techniques; empty when the file has none. */
  public String fullName(String id) {
    TechniqueEntry own = techniques.get(id);
    if (own == null) {
      return "";
    }
    String parent = parent(id);
    TechniqueEntry above = parent == null ? null : techniques.get(parent);
    return above == null ? own.name() : above.name() + ": " + own.name();
  }
}
