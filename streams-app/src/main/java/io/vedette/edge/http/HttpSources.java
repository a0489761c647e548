package io.vedette.edge.http;

import io.vedette.core.Incident;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the HTTP edge shows; called by its threads at each request.
 *
 * @param health how the service is
 * @param metrics all metrics, Prometheus text format
 * @param detectors the detectors, a JSON text
 * @param incidents the incidents that moved last
 * @param json renders an incident as a JSON object
 */
public record HttpSources(
    Supplier<Health> health,
    Supplier<String> metrics,
    Supplier<String> detectors,
    RecentIncidents incidents,
    Function<Incident, String> json) {}
