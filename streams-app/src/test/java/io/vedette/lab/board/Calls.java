package io.vedette.lab.board;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Query;
import io.vedette.lab.Rng;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Calls of one account at a steady pace. */
final class Calls {

  private Calls() {}

  static List<Exchange> of(Site site, int n, Duration apart, Function<Rng, float[]> rows) {
    Participant caller =
        new Participant(
            "benign:test",
            List.of(new CallerId("acme", "somebody")),
            site,
            rng -> () -> new Query(rows.apply(rng), 1, null, Query.SESSION),
            Pace.every(apart),
            Scenario.START,
            Scenario.START.plus(Duration.ofDays(365)));
    List<Exchange> calls = new ArrayList<>();
    for (Exchange exchange : Scenario.of(3).add(caller).build()) {
      calls.add(exchange);
      if (calls.size() == n) {
        break;
      }
    }
    return calls;
  }
}
