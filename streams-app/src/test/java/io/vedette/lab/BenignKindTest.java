package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenignKindTest {

  private static final Site TABLE = World.SCORING.build();
  private static final Site IMAGES = World.SIGNS.build();

  @ParameterizedTest
  @EnumSource(BenignKind.class)
  void shouldGiveTheSameCallsWhenSeedIsTheSame(BenignKind kind) {
    // Given
    Site site = kind.fits(TABLE) ? TABLE : IMAGES;
    List<Query> first = calls(kind, site, 200);

    // When
    List<Query> second = calls(kind, site, 200);

    // Then
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).values()).isEqualTo(first.get(i).values());
      assertThat(second.get(i).pauseMicros()).isEqualTo(first.get(i).pauseMicros());
    }
  }

  @ParameterizedTest
  @EnumSource(BenignKind.class)
  void shouldSendAboutTheDeclaredCallsPerSessionWhenRunning(BenignKind kind) {
    // Given
    Site site = kind.fits(TABLE) ? TABLE : IMAGES;

    // When
    List<Query> calls = calls(kind, site, 6_000);

    // Then
    long sessions = calls.stream().filter(q -> q.pauseMicros() == Query.SESSION).count();
    double mean = calls.size() / (double) sessions;
    assertThat(mean).isBetween(0.7 * kind.callsPerSession(), 1.3 * kind.callsPerSession());
  }

  @ParameterizedTest
  @EnumSource(
      value = BenignKind.class,
      names = {
        "INDEPENDENT",
        "SKEWED",
        "WHAT_IF",
        "SLIDER",
        "MONITORED",
        "SENSOR",
        "AB_TEST",
        "GRID_SEARCH"
      })
  void shouldKeepWholeFeaturesWholeWhenRowsChange(BenignKind kind) {
    // Given
    Population population = TABLE.population();

    // When
    List<Query> calls = calls(kind, TABLE, 500);

    // Then
    for (Query query : calls) {
      for (int i = 0; i < population.features(); i++) {
        float value = query.values()[i];
        assertThat(population.whole(i) && value != Math.rint(value)).isFalse();
      }
    }
  }

  @Test
  void shouldChangeFewFeaturesOfOneCaseWhenPlayingWhatIf() {
    // Given
    float[] base = {};
    Set<Integer> changes = new TreeSet<>();

    // When
    for (Query query : calls(BenignKind.WHAT_IF, TABLE, 2_000)) {
      if (query.pauseMicros() == Query.SESSION) {
        base = query.values();
      } else {
        changes.add(differences(base, query.values()));
      }
    }

    // Then: 0 when rounding or the range swallows the change
    assertThat(changes).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shouldChangeOneFeatureOnlyWhenDraggingASlider() {
    // Given
    float[] last = {};
    int most = 0;

    // When
    for (Query query : calls(BenignKind.SLIDER, TABLE, 1_000)) {
      most = Math.max(most, query.pauseMicros() < 0 ? 0 : differences(last, query.values()));
      last = query.values();
    }

    // Then
    assertThat(most).isEqualTo(1);
  }

  @Test
  void shouldRepeatExactlyWhenRetrying() {
    // Given
    float[] last = {};
    boolean exact = true;

    // When
    for (Query query : calls(BenignKind.RETRY, TABLE, 500)) {
      exact &= query.pauseMicros() == Query.SESSION || Arrays.equals(last, query.values());
      last = query.values();
    }

    // Then
    assertThat(exact).isTrue();
  }

  @Test
  void shouldScoreNearlyTheSameTableWhenTheNextNightComes() {
    // Given
    List<Query> calls = calls(BenignKind.BATCH_ROWS, TABLE, 20);

    // When
    int same = 0;
    int d = TABLE.population().features();
    for (int call = 0; call < 10; call++) {
      for (int r = 0; r < 50; r++) {
        float[] first = calls.get(call).values();
        float[] second = calls.get(call + 10).values();
        same += Arrays.equals(first, r * d, r * d + d, second, r * d, r * d + d) ? 1 : 0;
      }
    }

    // Then
    assertThat(calls).allSatisfy(q -> assertThat(q.rows()).isEqualTo(50));
    assertThat(same).isBetween(490, 499);
  }

  @Test
  void shouldMoveSlowlyWhenEntitiesAreMonitored() {
    // Given
    Map<String, float[]> last = new HashMap<>();
    List<Double> steps = new ArrayList<>();

    // When
    for (Query query : calls(BenignKind.MONITORED_DECLARED, TABLE, 2_000)) {
      float[] before = last.put(Objects.requireNonNull(query.subjectId()), query.values());
      if (before != null) {
        double[] a = TABLE.spread().standardise(before);
        steps.add(Vec.distance(a, TABLE.spread().standardise(query.values())));
      }
    }

    // Then: sqrt(20 * 0.3) * 0.15 = 0.37 sd, and flags that flip now and then
    assertThat(last).hasSize(10);
    double mean = steps.stream().mapToDouble(s -> s).average().orElseThrow();
    assertThat(mean).isBetween(0.25, 0.6);
  }

  @Test
  void shouldShowNearDuplicatesThatAreNeverEqualWhenFilming() {
    // Given
    Set<Integer> seen = new HashSet<>();
    float[] last = {};
    double sum = 0;
    int frames = 0;

    // When
    for (Query query : calls(BenignKind.VIDEO, IMAGES, 600)) {
      seen.add(Arrays.hashCode(query.values()));
      if (query.pauseMicros() >= 0) {
        frames++;
        for (int i = 0; i < last.length; i++) {
          sum += Math.abs(query.values()[i] - last[i]) / last.length;
        }
      }
      last = query.values();
    }

    // Then
    assertThat(seen).hasSize(600);
    assertThat(sum / frames).isBetween(0.005, 0.06);
  }

  @Test
  void shouldSendNoisyCopiesOfOneCaseWhenTestingRobustness() {
    // Given
    double[] base = {};
    double least = Double.MAX_VALUE;
    double most = 0;

    // When
    for (Query query : calls(BenignKind.ROBUSTNESS_TEST, TABLE, 420)) {
      double[] z = TABLE.spread().standardise(query.values());
      if (query.pauseMicros() == Query.SESSION) {
        base = z;
      } else {
        least = Math.min(least, Vec.distance(z, base));
        most = Math.max(most, Vec.distance(z, base));
      }
    }

    // Then: sqrt(20) times 0.05 to 0.3
    assertThat(least).isBetween(0.05, 0.5);
    assertThat(most).isBetween(1.0, 2.5);
  }

  @Test
  void shouldChangeTheTreatmentOnlyWhenTestingAAndB() {
    // Given
    float[] last = {};
    Set<Integer> treatments = new TreeSet<>();

    // When
    for (Query query : calls(BenignKind.AB_TEST, TABLE, 400)) {
      if (query.pauseMicros() != Query.SESSION) {
        for (int i = 0; i < last.length; i++) {
          if (last[i] != query.values()[i]) {
            treatments.add(i);
          }
        }
      }
      last = query.values();
    }

    // Then
    assertThat(treatments).hasSize(1);
  }

  @Test
  void shouldWalkAGridOfTwoFeaturesWhenLookingForTheBestOffer() {
    // Given
    List<Query> calls = calls(BenignKind.GRID_SEARCH, TABLE, 31);
    Set<Integer> changed = new TreeSet<>();

    // When
    for (Query query : calls) {
      for (int i = 0; i < query.values().length; i++) {
        if (query.values()[i] != calls.get(0).values()[i]) {
          changed.add(i);
        }
      }
    }

    // Then
    assertThat(changed).hasSize(2);
    assertThat(calls.subList(1, 31)).allMatch(q -> q.pauseMicros() > 0);
  }

  @Test
  void shouldStayNearItsUsualValuesWhenAMachineIsRead() {
    // Given
    List<Query> calls = calls(BenignKind.SENSOR, TABLE, 2_000);
    double[] first = TABLE.spread().standardise(calls.get(0).values());

    // When
    double step = 0;
    double reach = 0;
    for (int c = 1; c < calls.size(); c++) {
      double[] z = TABLE.spread().standardise(calls.get(c).values());
      double[] before = TABLE.spread().standardise(calls.get(c - 1).values());
      step += Vec.distance(z, before) / calls.size();
      reach = Math.max(reach, Vec.distance(z, first));
    }

    // Then: sqrt(20) times 0.06 a reading, never far from where it began
    assertThat(step).isBetween(0.05, 0.8);
    assertThat(reach).isBetween(0.5, 6.0);
  }

  @Test
  void shouldComeInRushesWhenTradeIsSeasonal() {
    // Given
    List<Query> calls = calls(BenignKind.SEASONAL, TABLE, 200);

    // When
    long sessions = calls.stream().filter(q -> q.pauseMicros() == Query.SESSION).count();

    // Then
    assertThat(sessions).isEqualTo(2);
    assertThat(calls.stream().map(q -> Arrays.hashCode(q.values())).distinct().count())
        .isEqualTo(200);
  }

  @Test
  void shouldBeBrighterWhenTheCameraWasReplaced() {
    // Given
    List<Query> before = calls(BenignKind.INDEPENDENT, IMAGES, 300);

    // When
    List<Query> after = calls(BenignKind.CAMERA_SHIFT, IMAGES, 300);

    // Then
    assertThat(grey(after) - grey(before)).isBetween(0.03, 0.14);
  }

  private static double grey(List<Query> calls) {
    double sum = 0;
    for (Query query : calls) {
      for (float v : query.values()) {
        sum += v / query.values().length / calls.size();
      }
    }
    return sum;
  }

  @Test
  void shouldShareOneAccountWhenThousandsOfUsersMeet() {
    // Given
    List<Query> calls = calls(BenignKind.GATEWAY_OF_THOUSANDS, TABLE, 1_000);

    // When
    long distinct = calls.stream().map(q -> Arrays.hashCode(q.values())).distinct().count();

    // Then: hardly anybody calls twice, so hardly anything repeats
    assertThat(distinct).isGreaterThan(950);
    assertThat(calls).allMatch(q -> q.pauseMicros() == Query.SESSION);
  }

  @Test
  void shouldRefuseWhenKindDoesNotFit() {
    // Given
    Rng rng = new Rng(1);

    // When
    var creation = assertThatThrownBy(() -> BenignKind.VIDEO.create(TABLE, rng));

    // Then
    creation.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("VIDEO");
  }

  private static List<Query> calls(BenignKind kind, Site site, int n) {
    Actor actor = kind.create(site, new Rng(42));
    List<Query> result = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      result.add(Objects.requireNonNull(actor.next()));
    }
    return result;
  }

  private static int differences(float[] a, float[] b) {
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      n += a[i] != b[i] ? 1 : 0;
    }
    return n;
  }
}
