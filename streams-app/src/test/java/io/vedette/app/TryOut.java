package io.vedette.app;

import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Incident;
import io.vedette.lab.AttackKind;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class TryOut {

  public static void main(String[] args) {
    int seeds = Integer.parseInt(args[0]);
    boolean benign = args.length > 1;
    Instant attack = Scenario.START.plus(Duration.ofDays(1));
    for (World world : World.family(false)) {
      Site site = world.build();
      if (!benign) {
        for (AttackKind kind : AttackKind.values()) {
          if (System.getProperty("only") != null
              && !kind.name().startsWith(System.getProperty("only"))) continue;
          if (!fits(kind, site)) {
            continue;
          }
          for (int accounts : new int[] {1}) {
            List<Long> found = new ArrayList<>();
            Map<String, Integer> by = new TreeMap<>();
            int falses = 0;
            for (int s = 0; s < seeds; s++) {
              List<CallerId> ids = new ArrayList<>();
              for (int a = 0; a < accounts; a++) {
                ids.add(new CallerId("acme", "mallory-" + a));
              }
              Scenario scenario =
                  Scenario.of(100 + s)
                      .learning(
                          site,
                          "acme",
                          20,
                          4000,
                          Duration.ofDays(1),
                          attack.plus(Duration.ofHours(1)))
                      .add(
                          Participant.attack(
                              kind, ids, site, 1000 + s, 600, Pace.perSecond(5), attack))
                      .build();
              DirectRun run = new DirectRun(micros(scenario.learnUntil()));
              long queries = 0;
              long at = -1;
              for (Exchange e : scenario) {
                run.accept(e);
                if (e.caller().principal().startsWith("mallory")) {
                  queries++;
                }
                if (at < 0) {
                  for (Incident i : run.incidents) {
                    if (i.principals().stream().anyMatch(p -> p.startsWith("mallory"))) {
                      at = queries;
                      by.merge(i.detectors().toString(), 1, Integer::sum);
                    }
                  }
                }
              }
              for (Incident i : run.incidents) {
                if (i.activity() == Incident.Activity.CREATE
                    && i.principals().stream().noneMatch(p -> p.startsWith("mallory"))) {
                  falses++;
                }
              }
              found.add(at < 0 ? Long.MAX_VALUE : at);
            }
            found.sort(null);
            long median = found.get(found.size() / 2);
            System.out.printf(
                "%-10s %-20s x%-3d median %s found %d/%d max %s by %s false %d%n",
                world,
                kind,
                accounts,
                median == Long.MAX_VALUE ? "-" : "" + median,
                found.stream().filter(f -> f < Long.MAX_VALUE).count(),
                seeds,
                found.get(found.size() - 1) == Long.MAX_VALUE
                    ? "-"
                    : "" + found.get(found.size() - 1),
                by,
                falses);
          }
        }
      } else {
        for (BenignKind kind : BenignKind.values()) {
          if (!kind.fits(site)) {
            continue;
          }
          int alarms = 0;
          int days = 0;
          for (int s = 0; s < seeds; s++) {
            Scenario.Builder b =
                Scenario.of(500 + s)
                    .learning(
                        site,
                        "acme",
                        20,
                        4000,
                        Duration.ofDays(1),
                        attack.plus(Duration.ofDays(1)));
            for (int c = 0; c < 10; c++) {
              b.add(
                  Participant.benign(
                      kind,
                      new CallerId("acme", "subject-" + c),
                      site,
                      30,
                      attack,
                      attack.plus(Duration.ofDays(1))));
              days++;
            }
            Scenario scenario = b.build();
            DirectRun run = new DirectRun(micros(scenario.learnUntil()));
            for (Exchange e : scenario) {
              run.accept(e);
            }
            for (Incident i : run.incidents) {
              if (i.activity() == Incident.Activity.CREATE) {
                alarms++;
                System.out.println(
                    "   ALARM " + i.title() + ": " + i.summary() + " " + i.evidence());
              }
            }
          }
          System.out.printf("%-10s %-20s %d alarms in %d caller-days%n", world, kind, alarms, days);
        }
      }
    }
  }

  private static boolean fits(AttackKind kind, Site site) {
    try {
      return !kind.record(site, 1, 50).queries().isEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static long micros(Instant t) {
    return t.getEpochSecond() * 1_000_000;
  }
}
