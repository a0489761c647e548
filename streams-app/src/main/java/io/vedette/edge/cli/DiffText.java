package io.vedette.edge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A difference of two replays, for people and for scripts. */
final class DiffText {

  private static final int NAME = 64; // characters
  private static final int TITLE = 120;
  private static final int NAMES = 3;
  private static final int HASH = 12; // characters

  private DiffText() {}

  static String text(ReplayDiff diff) {
    StringBuilder text = new StringBuilder();
    text.append(run("a", diff.a)).append(run("b", diff.b));
    if (!diff.a.sawTheSame(diff.b)) {
      text.append("the runs did not see the same traffic\n");
    }
    diff.appeared.forEach(incident -> text.append(one("appears ", incident)));
    diff.vanished.forEach(incident -> text.append(one("vanishes", incident)));
    for (Moved moved : diff.moved) {
      text.append(one("moves   ", moved.a()));
      text.append("          ").append(String.join("; ", changes(moved))).append('\n');
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%d appear, %d vanish, %d move, %d are the same%n",
                diff.appeared.size(),
                diff.vanished.size(),
                diff.moved.size(),
                diff.same))
        .toString();
  }

  private static String run(String name, PastRun run) {
    String hash = clean(run.configHash());
    return String.format(
        Locale.ROOT,
        "%s  %s: %d incidents in %d exchanges, version %s, settings %s%n",
        name,
        TerminalText.clean(run.directory(), TITLE),
        run.incidents().size(),
        run.exchanges(),
        clean(run.version()),
        hash.substring(0, Math.min(HASH, hash.length())));
  }

  private static String one(String what, PastIncident incident) {
    return String.format(
        Locale.ROOT,
        "%s  %s  %-13s  %s  %s; %s on %s%n",
        what,
        incident.openedAt,
        clean(incident.severity),
        clean(incident.id),
        TerminalText.clean(incident.title, TITLE),
        who(incident),
        clean(incident.model));
  }

  private static String who(PastIncident incident) {
    String tenant = incident.tenant.isEmpty() ? "" : clean(incident.tenant) + " / ";
    return tenant
        + (incident.principals.isEmpty() ? "all callers" : names(incident.principals, ""));
  }

  private static List<String> changes(Moved moved) {
    List<String> changes = new ArrayList<>();
    if (moved.queries() != 0 || !moved.later().isZero()) {
      changes.add("opens " + queries(moved.queries()) + ", " + span(moved.later()));
    }
    if (!moved.a().severity.equals(moved.b().severity)) {
      changes.add("severity " + clean(moved.a().severity) + " to " + clean(moved.b().severity));
    }
    changed(changes, "detectors", moved.detectorsAdded(), moved.detectorsRemoved());
    changed(changes, "members", moved.membersAdded(), moved.membersRemoved());
    if (moved.a().members != moved.b().members) {
      changes.add(moved.a().members + " to " + moved.b().members + " members");
    }
    return changes;
  }

  private static String queries(long queries) {
    return queries == 0
        ? "after as many queries"
        : Math.abs(queries) + " queries " + (queries < 0 ? "earlier" : "later");
  }

  private static String span(Duration later) {
    return later.isZero()
        ? "at the same time"
        : later.abs() + (later.isNegative() ? " earlier" : " later");
  }

  private static void changed(
      List<String> changes, String what, List<String> added, List<String> removed) {
    if (!added.isEmpty() || !removed.isEmpty()) {
      String both =
          names(added, "+")
              + (added.isEmpty() || removed.isEmpty() ? "" : " ")
              + names(removed, "-");
      changes.add(what + ' ' + both);
    }
  }

  private static String names(Iterable<String> all, String sign) {
    List<String> shown = new ArrayList<>();
    int more = 0;
    for (String name : all) {
      if (shown.size() < NAMES) {
        shown.add(sign + clean(name));
      } else {
        more++;
      }
    }
    return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
  }

  private static String clean(String name) {
    return TerminalText.clean(name, NAME);
  }

  static ObjectNode json(ReplayDiff diff) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("a", run(diff.a));
    json.set("b", run(diff.b));
    json.put("sameTraffic", diff.a.sawTheSame(diff.b));
    json.put("same", diff.same);
    ArrayNode appeared = json.putArray("appeared");
    diff.appeared.forEach(incident -> appeared.add(incident(incident)));
    ArrayNode vanished = json.putArray("vanished");
    diff.vanished.forEach(incident -> vanished.add(incident(incident)));
    ArrayNode moved = json.putArray("moved");
    diff.moved.forEach(one -> moved.add(moved(one)));
    return json;
  }

  private static ObjectNode run(PastRun run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("directory", run.directory())
        .put("incidents", run.incidents().size())
        .put("exchanges", run.exchanges())
        .put("firstTime", run.span().get(0))
        .put("lastTime", run.span().get(1))
        .put("configHash", run.configHash())
        .put("version", run.version());
  }

  private static ObjectNode incident(PastIncident incident) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("incidentId", incident.id);
    json.put("tenant", incident.tenant);
    json.put("model", incident.model);
    incident.principals.forEach(json.putArray("principals")::add);
    json.put("members", incident.members);
    incident.detectors.forEach(json.putArray("detectors")::add);
    json.put("severity", incident.severity);
    json.put("openedAt", incident.openedAt.toString());
    json.put("exchanges", incident.exchanges);
    json.put("title", incident.title);
    return json;
  }

  private static ObjectNode moved(Moved moved) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("a", incident(moved.a()));
    json.set("b", incident(moved.b()));
    json.put("queriesLater", moved.queries());
    json.put("timeLater", moved.later().toString());
    moved.detectorsAdded().forEach(json.putArray("detectorsAdded")::add);
    moved.detectorsRemoved().forEach(json.putArray("detectorsRemoved")::add);
    moved.membersAdded().forEach(json.putArray("membersAdded")::add);
    moved.membersRemoved().forEach(json.putArray("membersRemoved")::add);
    return json;
  }
}
