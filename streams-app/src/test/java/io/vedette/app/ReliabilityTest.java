package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.app.board.ServiceRun;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whether incidents are right as often as their confidence says. False alarms are allowed a
 * thousand times as often as by default, or there would be none to count.
 */
class ReliabilityTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant FROM = Scenario.START.plus(DAY);
  private static final double[] BANDS = {0.75, 0.9, 0.99, 1.01};
  private static final int ACCOUNTS = 8; // of each kind, honest or not
  private static final List<AttackKind> ATTACKS =
      List.of(
          AttackKind.UNIFORM_RANGE,
          AttackKind.LATIN_HYPERCUBE,
          AttackKind.PATH_FINDING,
          AttackKind.HOP_SKIP_JUMP,
          AttackKind.QEBA,
          AttackKind.NES);

  /** Incidents of one band of confidence. */
  private record Band(int right, int wrong) {

    Band and(boolean isRight) {
      return isRight ? new Band(right + 1, wrong) : new Band(right, wrong + 1);
    }

    double precision() {
      return (double) right / (right + wrong);
    }
  }

  @Test
  void shouldBeRightAtLeastAsOftenAsConfidenceSays() throws Exception {
    // Given
    Map<Double, Band> bands = new TreeMap<>();

    // When
    for (World world : List.of(World.LOAN, World.FRAUD)) {
      for (Incident incident : opened(world.build())) {
        boolean right = incident.principals().stream().allMatch(p -> p.startsWith("mallory"));
        bands.merge(band(incident), new Band(0, 0).and(right), (a, b) -> a.and(right));
      }
    }

    // Then
    String figures = figures(bands);
    assertThat(bands).as(figures).hasSizeGreaterThan(1);
    assertThat(bands.values().stream().mapToInt(Band::right).sum()).as(figures).isGreaterThan(40);
    bands.forEach(
        (least, band) -> {
          // Of few incidents the share scatters: two standard deviations of it are allowed.
          int n = band.right() + band.wrong();
          double scatter = 2 * Math.sqrt(Math.max(0.01, least * (1 - least)) / n);
          assertThat(band.precision()).as(figures).isGreaterThanOrEqualTo(least - scatter);
        });
  }

  private static double band(Incident incident) {
    double band = BANDS[0];
    for (int i = 1; i < BANDS.length - 1; i++) {
      band = incident.confidence() >= BANDS[i] ? BANDS[i] : band;
    }
    return band;
  }

  private static String figures(Map<Double, Band> bands) {
    StringBuilder text = new StringBuilder();
    bands.forEach(
        (least, band) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "confidence from %.2f: %d right, %d wrong, precision %.2f%n",
                    least,
                    band.right(),
                    band.wrong(),
                    band.precision())));
    return text.toString();
  }

  /**
   * What incidents said when they opened, on a day of honest accounts and attackers of each kind.
   */
  private static List<Incident> opened(Site site) throws SettingsException {
    Scenario.Builder builder =
        Scenario.of(41).learning(site, "acme", 20, 4000, DAY, FROM.plus(DAY));
    for (BenignKind kind : BenignKind.values()) {
      for (int i = 0; i < ACCOUNTS && kind.fits(site) && !kind.indistinguishable(); i++) {
        CallerId caller = new CallerId("tenant-" + kind + i, "honest");
        builder.add(Participant.benign(kind, caller, site, 20, FROM, FROM.plus(DAY)));
      }
    }
    for (AttackKind kind : ATTACKS) {
      if (kind.suits(site)) {
        for (int i = 0; i < ACCOUNTS; i++) {
          List<CallerId> account = List.of(new CallerId("tenant-" + kind + i, "mallory"));
          builder.add(Participant.attack(kind, account, site, i, 120, Pace.perSecond(5), FROM));
        }
      }
    }
    Scenario scenario = builder.build();
    Settings settings =
        SettingsLoader.load(null, Map.of("VEDETTE_ALERTING_FALSEALARMSPERCALLERDAY", "0.1"))
            .learnUntil(scenario.learnUntil());
    Map<String, Incident> first = new TreeMap<>();
    ServiceRun run =
        new ServiceRun(
            new Wiring(settings).engines(),
            new TreeMap<>(),
            finding -> {},
            incident -> first.putIfAbsent(incident.incidentId(), incident));
    for (Exchange exchange : scenario) {
      run.accept(exchange);
    }
    List<Incident> accusing = new ArrayList<>(first.values());
    accusing.removeIf(incident -> incident.principals().isEmpty()); // drift accuses nobody
    return accusing;
  }
}
