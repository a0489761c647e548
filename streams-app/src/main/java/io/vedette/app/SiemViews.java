package io.vedette.app;

import io.vedette.correlate.Advice;
import io.vedette.edge.siem.CefRenderer;
import io.vedette.edge.siem.EcsRenderer;
import io.vedette.edge.siem.OcsfRenderer;
import io.vedette.edge.siem.RecordLink;
import io.vedette.edge.siem.Renderer;
import io.vedette.edge.siem.SiemOptions;
import io.vedette.edge.siem.Taxonomy;
import io.vedette.edge.siem.View;
import io.vedette.stream.ChainLink;
import io.vedette.stream.SiemView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SIEM views of a composition: renderers of the edge as views of the topology. */
final class SiemViews {

  private SiemViews() {}

  /** The views that are switched on. */
  static List<SiemView> of(Settings settings) {
    Settings.Siem siem = settings.siem();
    return all(settings).stream()
        .filter(
            view ->
                switch (view.name()) {
                  case "ocsf" -> siem.ocsf();
                  case "ecs" -> siem.ecs();
                  default -> siem.cef();
                })
        .toList();
  }

  /** All views, for files. */
  static List<SiemView> all(Settings settings) {
    Settings.Siem siem = settings.siem();
    Taxonomy taxonomy = Taxonomy.load();
    SiemOptions options =
        new SiemOptions(
            Version.text(),
            siem.ocsfVersion(),
            siem.assigneeGroup(),
            siem.runbookUrl(),
            siem.incidentUrl());
    List<SiemView> views = new ArrayList<>();
    views.add(view("ocsf", settings.topics().ocsf(), new OcsfRenderer(taxonomy, options)));
    views.add(view("ecs", settings.topics().ecs(), new EcsRenderer(taxonomy, options)));
    views.add(view("cef", settings.topics().cef(), new CefRenderer(taxonomy, options)));
    return views;
  }

  private static SiemView view(String name, String topic, Renderer renderer) {
    return new SiemView(
        name,
        topic,
        alert ->
            renderer.render(alert.incident(), alert.cause(), link(alert.link())).stream()
                .map(v -> new SiemView.Text(v.text(), headers(v, alert.link())))
                .toList());
  }

  /**
   * Null for a replay, which has no writer: it keeps no records that a hash could be held against.
   */
  private static @Nullable RecordLink link(@Nullable ChainLink link) {
    return link == null || link.writer().isEmpty()
        ? null
        : new RecordLink(
            link.chain(), link.sequence(), link.previous(), link.writer(), link.hash());
  }

  /** A view names the record that it shows. */
  private static Map<String, String> headers(View view, @Nullable ChainLink link) {
    if (link == null) {
      return view.headers();
    }
    Map<String, String> headers = new LinkedHashMap<>(view.headers());
    headers.put("vedette-incident-hash", link.hash());
    return headers;
  }

  /** What incidents of each detector tell their readers: from the taxonomy, and the runbooks. */
  static Map<String, Advice> advice(Settings settings) {
    Map<String, Advice> advice = new TreeMap<>();
    Taxonomy.load()
        .detectors()
        .forEach(
            (id, entry) ->
                advice.put(
                    id,
                    new Advice(
                        entry.name(),
                        entry.checked(),
                        entry.nextSteps(),
                        runbook(settings.siem().runbookUrl(), id))));
    return advice;
  }

  /** Your runbook, or the analyst's page that comes with the source. */
  private static String runbook(String url, String detector) {
    return url.isEmpty()
        ? "streams-app/src/main/java/io/vedette/detect/" + detector + "/README.md"
        : url.replace("{detector}", detector);
  }
}
