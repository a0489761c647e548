package io.vedette.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorldTest {

  @ParameterizedTest
  @EnumSource(World.class)
  void shouldClassifyUnseenRowsWhenTrained(World world) {
    // Given
    Site site = world.build();
    List<Row> unseen = site.population().sample(new Rng(77), 2_000);

    // When
    long right = unseen.stream().filter(r -> site.victim().classify(r.x()) == r.label()).count();

    // Then
    assertThat(right / 2_000.0).isGreaterThan(world == World.CLINIC ? 0.6 : 0.85);
  }
}
