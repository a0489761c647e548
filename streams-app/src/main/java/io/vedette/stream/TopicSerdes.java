package io.vedette.stream;

import io.vedette.baseline.Baseline;
import io.vedette.core.Action;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Policy;
import io.vedette.core.Verdict;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;

/**
 * How the values of each topic are read and written.
 *
 * @param requests gives exchanges with {@code REQUEST_ONLY}
 * @param responses gives exchanges with {@code RESPONSE_ONLY}
 * @param exchanges gives exchanges with {@code SINGLE_EVENT}
 * @param stored exchanges inside the service, on changelogs and repartition topics: keeps pairing,
 *     origin and pairing scope, and needs no registry
 * @param findings findings
 * @param incidents incidents
 * @param baselines baselines
 * @param verdicts analysts' verdicts
 * @param policies what is said of models
 * @param actions advice to gateways
 * @param plain true for exchanges that reading what was written gives back as they are, up to
 *     pairing and origin
 */
public record TopicSerdes(
    Serde<Exchange> requests,
    Serde<Exchange> responses,
    Serde<Exchange> exchanges,
    Serde<Exchange> stored,
    Serde<Finding> findings,
    Serde<Incident> incidents,
    Serde<Baseline> baselines,
    Serde<Verdict> verdicts,
    Serde<Policy> policies,
    Serde<Action> actions,
    Predicate<Exchange> plain) {}
