package io.vedette.app;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An hour of honest traffic to learn from, and then one account that samples the model. */
final class OneAttack {

  static final String ACCOUNT = "mallory";
  private static final Duration HOUR = Duration.ofHours(1);

  private OneAttack() {}

  static Scenario on(Site site) {
    return on(site, 5);
  }

  static Scenario on(Site site, double queriesPerSecond) {
    Instant from = Scenario.START.plus(HOUR);
    return Scenario.of(11)
        .learning(site, "acme", 10, 2000, HOUR, from.plusSeconds(60))
        .add(
            Participant.attack(
                AttackKind.UNIFORM_RANGE,
                List.of(new CallerId("acme", ACCOUNT)),
                site,
                5,
                60,
                Pace.perSecond(queriesPerSecond),
                from))
        .build();
  }

  /** Publishes the baselines of the learning part. */
  static void learn(Scenario scenario, Settings settings) throws InterruptedException {
    var learner = new BaselineCommand.Learner(new Wiring(settings));
    for (Exchange exchange : scenario) {
      if (exchange.timeMicros() < Wiring.micros(scenario.learnUntil())) {
        learner.learn(exchange);
      }
    }
    new BaselinePublisher(settings).publish(learner.finish().values());
  }
}
