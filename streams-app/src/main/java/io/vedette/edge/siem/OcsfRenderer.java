package io.vedette.edge.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders OCSF: an Incident Finding (2005) per activity and, when a finding caused it, that
 * finding's Detection Finding (2004), joined by {@code metadata.correlation_uid} and by the uid of
 * {@code finding_info}. Source: ocsf/ocsf-schema, tag 1.8.0.
 */
public final class OcsfRenderer implements Renderer {

  private final OcsfIncident incidents;
  private final OcsfDetection detections;
  private final String version;

  /** A renderer by a taxonomy and options. */
  public OcsfRenderer(Taxonomy taxonomy, SiemOptions options) {
    OcsfParts parts = new OcsfParts(taxonomy, options);
    incidents = new OcsfIncident(parts);
    detections = new OcsfDetection(parts);
    version = options.ocsfVersion();
  }

  @Override
  public List<View> render(Incident raw, @Nullable Finding cause, @Nullable RecordLink link) {
    Incident incident = Neutral.incident(raw);
    List<View> views = new ArrayList<>(2);
    ObjectNode own = incidents.document(incident);
    views.add(view(Json.link(own, "/unmapped/vedette", link), incident, OcsfIncident.CLASS));
    // What closes an incident into a campaign is told with the campaign's.
    if (cause != null && incident.activity() != Incident.Activity.CLOSE) {
      ObjectNode detection = detections.document(incident, Neutral.finding(cause));
      Json.link(detection, "/unmapped/vedette", link);
      views.add(view(detection, incident, OcsfDetection.CLASS));
    }
    return views;
  }

  private View view(ObjectNode document, Incident incident, int ocsfClass) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("ocsf-class", Integer.toString(ocsfClass));
    headers.put("ocsf-version", version);
    headers.put(View.SEVERITY, document.path("severity").asText().toLowerCase(Locale.ROOT));
    headers.put("tenant", incident.tenant());
    headers.put("schema-version", "1");
    headers.put(View.ID, document.path("metadata").path("uid").asText());
    return new View(Json.text(document), headers);
  }
}
