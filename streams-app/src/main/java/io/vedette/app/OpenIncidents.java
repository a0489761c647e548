package io.vedette.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vedette.core.Incident;
import io.vedette.core.Profile;
import io.vedette.core.Severity;
import io.vedette.core.Technique;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How many incidents are open, by severity, detector and technique. Every instance reads the whole
 * topic, so each shows all of them: take the maximum over instances, not the sum. The tags come
 * from Vedette's own lists, never from traffic. Thread-safe.
 */
final class OpenIncidents implements Consumer<Incident> {

  private static final int MOST = 10_000; // beyond it, the longest quiet ones are not counted

  private final Map<String, Incident> open = new LinkedHashMap<>(); // latest activity last
  private final Map<String, AtomicInteger> gauges = new HashMap<>();

  OpenIncidents(MeterRegistry registry, List<Profile> profiles) {
    for (Severity severity : Severity.values()) {
      gauge(registry, "severity", severity.name().toLowerCase(Locale.ROOT));
    }
    for (Profile profile : profiles) {
      gauge(registry, "detector", profile.id());
      for (Technique technique : profile.techniques()) {
        gauge(registry, "technique", technique.id());
      }
    }
  }

  private void gauge(MeterRegistry registry, String tag, String value) {
    gauges.computeIfAbsent(
        tag + '=' + value,
        key -> {
          AtomicInteger number = new AtomicInteger();
          Gauge.builder("vedette.incidents.open.by." + tag, number, AtomicInteger::get)
              .description("Open incidents by " + tag + "; each instance counts all")
              .tag(tag, value)
              .register(registry);
          return number;
        });
  }

  @Override
  public synchronized void accept(Incident incident) {
    Incident before = open.get(incident.incidentId());
    if (before != null && before.sequence() >= incident.sequence()) {
      return;
    }
    if (before != null) {
      open.remove(incident.incidentId());
      count(before, -1);
    }
    if (incident.activity() == Incident.Activity.CLOSE) {
      return;
    }
    open.put(incident.incidentId(), incident);
    count(incident, 1);
    if (open.size() > MOST) {
      Iterator<Incident> quietest = open.values().iterator();
      count(quietest.next(), -1);
      quietest.remove();
    }
  }

  private void count(Incident incident, int change) {
    add("severity=" + incident.severity().name().toLowerCase(Locale.ROOT), change);
    incident.detectors().forEach(detector -> add("detector=" + detector, change));
    incident.techniques().forEach(technique -> add("technique=" + technique.id(), change));
  }

  private void add(String key, int change) {
    AtomicInteger gauge = gauges.get(key);
    if (gauge != null) { // a detector of another version is not in our lists
      gauge.addAndGet(change);
    }
  }
}
