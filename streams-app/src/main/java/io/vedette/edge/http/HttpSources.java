package io.vedette.edge.http;

import io.vedette.core.Incident;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the HTTP edge shows; called by its threads at each request.
 *
 * @param health how the service is
 * @param metrics all metrics, Prometheus text format
 * @param detectors the detectors, a JSON text
 * @param incidents the incidents that moved last
 * @param dossiers what findings say about callers
 * @param judgements verdicts of analysts
 * @param json renders an incident as a JSON object with at least one field
 * @param runbook address of a detector's runbook, a path for one that this edge serves, empty when
 *     there is none
 * @param longestException how long after its verdict an exception may end
 * @param verdicts writes a verdict to its topic before it returns; throws a RuntimeException when
 *     that fails
 */
public record HttpSources(
    Supplier<Health> health,
    Supplier<String> metrics,
    Supplier<String> detectors,
    RecentIncidents incidents,
    Dossiers dossiers,
    Judgements judgements,
    Function<Incident, String> json,
    Function<String, String> runbook,
    Duration longestException,
    Consumer<Judgement> verdicts) {}
