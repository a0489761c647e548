package io.vedette.edge.siem;

import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.IncidentDetails;
import io.vedette.core.Technique;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders ArcSight's Common Event Format, version 0: one line per activity of an incident.
 *
 * <p>Two rules were found by trying real parsers: header fields hold neither {@code |} nor {@code
 * \}, because naive parsers split on them; and no vital key comes first, because one parser eats
 * the first letter of the first key.
 */
public final class CefRenderer implements Renderer {

  private static final int MESSAGE = 1023;
  private static final int CUSTOM = 1000; // parsers allow 4000, syslog relays less
  private static final int MOST_ACCOUNTS = 10;

  private final Taxonomy taxonomy;
  private final SiemOptions options;

  /** A renderer by a taxonomy and options. */
  public CefRenderer(Taxonomy taxonomy, SiemOptions options) {
    this.taxonomy = taxonomy;
    this.options = options;
  }

  @Override
  public List<View> render(Incident raw, @Nullable Finding cause, @Nullable RecordLink link) {
    Incident incident = Neutral.incident(raw);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "text/plain");
    headers.put(View.SEVERITY, Scale.word(incident.severity()));
    headers.put("tenant", incident.tenant());
    headers.put("schema-version", "1");
    headers.put(View.ID, id(incident));
    headers.put("detector", detector(incident));
    return List.of(new View(line(incident), headers));
  }

  private static String id(Incident incident) {
    return incident.incidentId() + ':' + incident.sequence();
  }

  private static String detector(Incident incident) {
    return incident.detectors().isEmpty() ? "unknown" : incident.detectors().get(0);
  }

  private String line(Incident incident) {
    Taxonomy.Entry entry = taxonomy.first(incident.detectors());
    StringBuilder line = new StringBuilder(1024);
    line.append("CEF:0");
    header(line, "Vedette");
    header(line, "Vedette");
    header(line, options.productVersion());
    header(line, detector(incident));
    header(line, entry.name());
    header(line, Integer.toString(Scale.cef(incident.severity())));
    line.append('|');
    fields(incident, entry).forEach((key, value) -> extension(line, key, value));
    return line.toString();
  }

  private static void header(StringBuilder line, String field) {
    line.append('|').append(field.replace('\\', '/').replace('|', '/'));
  }

  private static void extension(StringBuilder line, String key, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (line.charAt(line.length() - 1) != '|' || line.indexOf("=") >= 0) {
      line.append(' ');
    }
    line.append(key).append('=').append(value.replace("\\", "\\\\").replace("=", "\\="));
  }

  /** Key and value of each extension, in order; values are harmless but not escaped yet. */
  Map<String, String> fields(Incident incident, Taxonomy.Entry entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("deviceFacility", "vedette.incidents");
    fields.put("cat", entry.category());
    fields.put("act", Scale.caption(incident.activity()));
    fields.put("rt", millis(incident.timeMicros()));
    fields.put("start", millis(incident.firstSeenMicros()));
    fields.put("end", millis(incident.lastSeenMicros()));
    fields.put("externalId", id(incident));
    fields.put("cnt", Long.toString(incident.exchanges()));
    if (incident.principals().size() == 1) {
      fields.put("suser", incident.principals().get(0));
      fields.put("suid", incident.principals().get(0));
    }
    custom(fields, "cs1", "modelName", incident.model());
    custom(fields, "cs2", "tenant", incident.tenant());
    custom(
        fields,
        "cs3",
        "mitreAtlas",
        incident.techniques().stream().map(Technique::id).collect(Collectors.joining(",")));
    custom(fields, "cs4", "incidentId", incident.incidentId());
    custom(
        fields,
        "cs5",
        "accounts",
        incident.principals().stream().limit(MOST_ACCOUNTS).collect(Collectors.joining(", ")));
    custom(fields, "cs6", "nextSteps", Story.next(entry));
    custom(fields, "cn1", "riskScore", Integer.toString(Scale.risk(incident.riskScore())));
    custom(fields, "cn2", "confidence", Integer.toString(Scale.percent(incident.confidence())));
    int accounts = Math.max(incident.details().members(), incident.principals().size());
    custom(fields, "cn3", "accountCount", Integer.toString(accounts));
    counts(fields, incident.details());
    custom(fields, "flexString2", "runbook", options.runbook(incident));
    fields.put("request", options.page(incident));
    fields.put("reason", incident.closeReason() == null ? "" : incident.closeReason());
    fields.put("msg", SafeText.clean(Story.what(incident), MESSAGE));
    return fields;
  }

  /** In the slots that CEF has beside its six texts and three numbers. */
  private static void counts(Map<String, String> fields, IncidentDetails details) {
    if (details.equals(IncidentDetails.NONE)) {
      return;
    }
    custom(fields, "flexNumber1", "findings", Long.toString(details.findings()));
    custom(fields, "flexNumber2", "suppressed", Long.toString(details.suppressed()));
    custom(
        fields,
        "flexString1",
        "stages",
        details.stages().stream()
            .map(stage -> stage.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(",")));
  }

  private static void custom(Map<String, String> fields, String slot, String label, String value) {
    if (!value.isEmpty()) {
      fields.put(slot + "Label", label);
      fields.put(slot, SafeText.clean(value, CUSTOM));
    }
  }

  private static String millis(long micros) {
    return Long.toString(Json.millis(micros));
  }
}
