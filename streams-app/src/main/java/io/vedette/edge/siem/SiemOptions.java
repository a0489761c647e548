package io.vedette.edge.siem;

import io.vedette.core.Incident;
import java.util.List;

/**
 * What renderers need to know beyond the incident.
 *
 * @param productVersion version of Vedette
 * @param ocsfVersion {@code 1.8.0} or {@code 1.9.0}; the fields are valid in both
 * @param assigneeGroup group that new incidents are assigned to
 * @param runbookUrl address of a runbook, {@code {detector}} in it is replaced; empty for none
 * @param incidentUrl address of an incident's page, {@code {incident}} in it is replaced; empty for
 *     none
 */
public record SiemOptions(
    String productVersion,
    String ocsfVersion,
    String assigneeGroup,
    String runbookUrl,
    String incidentUrl) {

  private static final int LONGEST = 64; // characters of an id in an address

  /** OCSF 1.8.0, group {@code soc-tier1}, no addresses. */
  public static SiemOptions of(String productVersion) {
    return new SiemOptions(productVersion, "1.8.0", "soc-tier1", "", "");
  }

  /** The runbook's address, or what the incident itself names; empty when there is none. */
  String runbook(Incident incident) {
    String address = runbook(incident.detectors());
    return address.isEmpty() ? incident.details().runbook() : address;
  }

  /** The address of the first detector's runbook, empty when there is none. */
  String runbook(List<String> detectors) {
    String id = detectors.isEmpty() ? "unknown" : detectors.get(0);
    return runbookUrl.replace("{detector}", slug(id));
  }

  /** The incident's page, empty when there is none. */
  String page(Incident incident) {
    return incidentUrl.replace("{incident}", slug(incident.incidentId()));
  }

  private static String slug(String id) {
    String safe = id.replaceAll("[^A-Za-z0-9_-]", "_");
    return safe.substring(0, Math.min(LONGEST, safe.length()));
  }
}
