package io.vedette;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.Answer;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.core.Origin;
import io.vedette.core.Payload;
import io.vedette.core.Profile;
import io.vedette.detect.DetectorChain;
import io.vedette.lab.BenignKind;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every detector must keep, run inside its stage's engine on traffic of the lab. One subclass
 * per detector names the world, the attack and the figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DetectorContract {

  /** When attackers and honest callers begin, after a day of clean traffic. */
  protected static final Instant DAY_TWO = Scenario.START.plus(Duration.ofDays(1));

  private static final int MOST_SPLITS = 150;

  private final World world;
  private final Site site;
  private Baseline baseline;

  /** A contract in one world of the lab. */
  @SuppressWarnings("NullAway.Init") // JUnit calls learn()
  protected DetectorContract(World world) {
    this.world = world;
    this.site = world.build();
  }

  /** What the catalogue shows of it. */
  protected abstract Profile profile();

  /** The engines with this detector alone. */
  protected abstract DetectorChain chain(Baseline baseline);

  /** The attack that must be found, with nothing else. */
  protected abstract List<Exchange> attack(Site site);

  /** Exchanges of the attack within which an incident must open. */
  protected abstract int foundWithin();

  /** Most bytes of heap of one key. */
  protected abstract int mostStateBytes();

  /** Clean traffic to learn from, of at least 3,000 rows. */
  protected Scenario clean(Site site) {
    return Scenario.of(90_001)
        .learning(site, "acme", 20, 4_000, Duration.ofDays(1), DAY_TWO)
        .build();
  }

  /** Traffic that must be left alone: a day of every honest kind but monitored entities. */
  protected Scenario honest(Site site) {
    Instant end = DAY_TWO.plus(Duration.ofDays(1));
    Scenario.Builder builder =
        Scenario.of(90_002).learning(site, "acme", 20, 8_000, Duration.ofDays(2), end);
    for (BenignKind kind : BenignKind.values()) {
      boolean moving = kind.indistinguishable() || kind == BenignKind.MONITORED_DECLARED;
      if (kind.fits(site) && !moving) { // those are measured apart
        CallerId caller = new CallerId("acme", kind.id());
        builder.add(Participant.benign(kind, caller, site, 40, DAY_TWO, end));
      }
    }
    return builder.build();
  }

  @BeforeAll
  void learn() {
    baseline = DetectorChain.learn(clean(site), 3_000);
  }

  @Test
  void shouldFindTheAttackWhenItGoesOn() {
    // Given
    List<Exchange> attack = attack(site);
    DetectorChain chain = chain(baseline);
    int seen = 0;

    // When
    while (seen < attack.size() && chain.incidents().isEmpty()) {
      chain.observe(attack.get(seen++));
    }

    // Then
    assertThat(chain.incidents()).as("incidents in %s", world).isNotEmpty();
    assertThat(seen).isLessThanOrEqualTo(foundWithin());
    Incident incident = chain.incidents().get(0);
    assertThat(incident.detectors()).containsExactly(profile().id());
    assertThat(incident.techniques()).containsExactlyInAnyOrderElementsOf(profile().techniques());
  }

  @Test
  void shouldFindTheSameWhenRunTwice() {
    // Given
    List<Exchange> attack = attack(site);

    // When
    List<Finding> first = findings(attack, -1);
    List<Finding> second = findings(attack(site), -1);

    // Then
    assertThat(second).isEqualTo(first).isNotEmpty();
  }

  @Test
  void shouldFindTheSameWhenWrittenAndReadAtAnySplit() {
    // Given
    List<Exchange> attack = attack(site);
    List<Finding> expected = findings(attack, -1);

    // When
    for (int split = 0; split <= attack.size(); split += 1 + attack.size() / MOST_SPLITS) {
      List<Finding> findings = findings(attack, split);

      // Then
      assertThat(findings).as("read before exchange %d", split).isEqualTo(expected);
    }
  }

  @Test
  void shouldStayWithinItsBytesWhenAttacked() {
    // Given
    DetectorChain chain = chain(baseline);

    // When
    attack(site).forEach(chain::observe);

    // Then
    assertThat(chain.largestStateBytes()).isBetween(1, mostStateBytes());
  }

  @Test
  void shouldAccuseNobodyWhenCallersAreHonest() {
    // Given
    DetectorChain chain = chain(baseline);

    // When
    honest(site).forEach(chain::observe);

    // Then
    assertThat(chain.incidents()).isEmpty();
  }

  @Test
  void shouldTakeAnyInputWhenItIsHostile() {
    // Given rows that are missing, infinite, huge or empty, with answers and without
    DetectorChain chain = chain(baseline);
    List<Exchange> exchanges = new ArrayList<>();
    int d = site.population().features();
    float[] fills = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 0
    };
    for (int i = 0; i < 100; i++) {
      float[] x = new float[d];
      Arrays.fill(x, fills[i % fills.length]);
      x[i % d] = i;
      List<Answer> answers =
          i % 2 == 0 ? List.of() : List.of(new Answer(null, new float[] {Float.NaN}, Double.NaN));
      exchanges.add(exchange(i, row(x), answers));
    }
    exchanges.add(exchange(101, row(new float[0]), List.of()));
    exchanges.add(exchange(102, row(new float[d + 1]), List.of(Answer.UNKNOWN)));

    // When
    exchanges.forEach(chain::observe);

    // Then
    assertThat(chain.fenced()).isEmpty();
    assertThat(chain.findings()).allSatisfy(f -> assertThat(f.logEvidence()).isFinite());
  }

  @Test
  void shouldIgnoreTheExchangeWhenItIsNoRow() {
    // Given
    DetectorChain chain = chain(baseline);
    Payload text = new Payload.Text(List.of(new Payload.Message("user", "hello")));

    // When
    for (Payload payload : List.of(text, new Payload.Hash("h"), Payload.NONE)) {
      chain.observe(exchange(1, payload, List.of()));
    }

    // Then
    assertThat(chain.findings()).isEmpty();
    assertThat(chain.fenced()).isEmpty();
  }

  private List<Finding> findings(List<Exchange> exchanges, int split) {
    DetectorChain chain = chain(baseline);
    for (int i = 0; i < exchanges.size(); i++) {
      if (i == split) {
        chain.reread();
      }
      chain.observe(exchanges.get(i));
    }
    return chain.findings();
  }

  private static Payload.Features row(float[] x) {
    return new Payload.Features(x, 1, x.length, new int[] {x.length}, List.of(), false);
  }

  private Exchange exchange(int n, Payload input, List<Answer> answers) {
    return new Exchange(
        "r-" + n,
        new CallerId("acme", "mallory"),
        site.victim().model(),
        DAY_TWO.getEpochSecond() * 1_000_000 + n * 1_000_000L,
        input,
        answers,
        null,
        null,
        0,
        -1,
        0,
        0,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        Exchange.Pairing.REQUEST_ONLY,
        new Origin("requests", 0, n));
  }
}
