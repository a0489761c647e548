package io.vedette.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each activity of the incidents that are asked for once, oldest first. Between two looks
 * only the latest activity of an incident is seen. Remembers 10,000 incidents.
 */
public final class Follower {

  private static final int REMEMBERED = 10_000;

  private final Api api;
  private final String target;
  private final boolean json;
  private final IncidentLines lines;
  private final Map<String, Integer> seen =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A follower.
   *
   * @param target path and query of the list of incidents
   * @param json one JSON object a line instead of text
   */
  public Follower(Api api, String target, boolean json, boolean colour) {
    this.api = api;
    this.target = target;
    this.json = json;
    this.lines = new IncidentLines(colour);
  }

  /**
   * What is new since the last look, each ended by a line feed.
   *
   * @throws IOException when the API refuses or cannot be asked
   */
  public List<String> look() throws IOException {
    JsonNode list = Shown.parse(api.get(target));
    List<String> fresh = new ArrayList<>();
    for (int i = list.size() - 1; i >= 0; i--) {
      JsonNode incident = list.get(i);
      String id = incident.path("incidentId").asText("");
      int sequence = incident.path("sequence").asInt(0);
      Integer known = seen.put(id, sequence);
      if (known == null || known < sequence) {
        fresh.add(json ? TerminalJson.line(incident) : lines.render(incident));
      }
    }
    return fresh;
  }
}
