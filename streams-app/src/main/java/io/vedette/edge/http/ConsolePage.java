package io.vedette.edge.http;

import io.vedette.core.Incident;
import io.vedette.core.Technique;
import io.vedette.edge.http.login.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page of recent incidents: plain HTML without any script. */
final class ConsolePage {

  static final String STYLE =
      """
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #1c2430; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d5dbe3; }
      td { vertical-align: top; overflow-wrap: anywhere; }
      .critical, .high { color: #b3261e; font-weight: 600; }
      .medium { color: #a05a00; }
      .close { color: #6b7480; }
      """;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="10">
      <title>Vedette</title><link rel="stylesheet" href="/style.css"></head><body>
      <h1>Vedette</h1>
      """;
  private static final int MAX_NAMES = 3;
  private static final int LONGEST = 200; // characters of one cell

  private ConsolePage() {}

  static String render(Health health, List<Incident> incidents, User user) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<p>").append(health.ready() ? "Watching." : "Not watching: ");
    page.append(health.ready() ? "" : escape(health.detail()));
    page.append(" Reading as <bdi>").append(escape(user.name())).append("</bdi>, ");
    page.append(user.role().name().toLowerCase(Locale.ROOT)).append(".</p>\n");
    if (incidents.isEmpty()) {
      page.append("<p>No incidents yet.</p>\n");
    } else {
      page.append("<table><tr><th>Time</th><th>Severity</th><th>Activity</th><th>What</th>");
      page.append("<th>Who</th><th>Model</th><th>Techniques</th></tr>\n");
      incidents.forEach(incident -> row(page, incident));
      page.append("</table>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static void row(StringBuilder page, Incident incident) {
    String severity = incident.severity().name().toLowerCase(Locale.ROOT);
    String activity = incident.activity().name().toLowerCase(Locale.ROOT);
    page.append("<tr class=\"").append(activity).append("\">");
    long seconds = Math.floorDiv(incident.timeMicros(), 1_000_000L);
    cell(page, Instant.ofEpochSecond(seconds).toString());
    page.append("<td class=\"").append(severity).append("\">").append(severity).append("</td>");
    cell(page, activity);
    page.append("<td><a href=\"/api/incidents/")
        .append(URLEncoder.encode(incident.incidentId(), StandardCharsets.UTF_8))
        .append("\">")
        .append(escape(incident.title()))
        .append("</a><br>")
        .append(escape(incident.summary()))
        .append("</td>");
    cell(page, who(incident));
    cell(page, incident.model());
    cell(page, incident.techniques().stream().map(Technique::id).collect(Collectors.joining(", ")));
    page.append("</tr>\n");
  }

  private static String who(Incident incident) {
    int more = incident.principals().size() - MAX_NAMES;
    return (incident.tenant().isEmpty() ? "" : incident.tenant() + " / ")
        + incident.principals().stream().limit(MAX_NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td><bdi>").append(escape(text)).append("</bdi></td>");
  }

  /** Text for element content and quoted attributes; hidden characters become visible marks. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int shown = Math.min(text.length(), LONGEST);
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(hidden(c) ? '\ufffd' : c);
      }
    }
    return shown < text.length() ? out.append("...").toString() : out.toString();
  }

  private static boolean hidden(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
