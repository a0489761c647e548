package io.vedette.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.core.Incident;
import io.vedette.lab.DriftStream;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import io.vedette.stream.Counters;
import io.vedette.stream.ReplayDriver;
import io.vedette.wire.InMemoryRegistry;
import io.vedette.wire.WireSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A baseline that replaces one of the same model version, as an operator publishes it. */
class BaselineRenewalTest {

  private static final int CLEAN = 5000; // rows
  private static final int SHIFTED = 8000; // rows under each of the two baselines

  @TempDir Path dir;

  @Test
  void shouldMeasureAgainstTheNewBaselineWhenItReplacesTheOld() throws Exception {
    // Given
    Site site = World.LOAN.build();
    List<Exchange> traffic = new ArrayList<>();
    DriftStream.shift(site, 10, 20_000, 1.5, 5, CLEAN)
        .scenario(3, Duration.ofHours(3))
        .forEach(traffic::add);
    List<Exchange> shifted = traffic.subList(CLEAN, CLEAN + 2 * SHIFTED);
    Baseline old = learnt(traffic.subList(0, CLEAN));
    Baseline renewed = viaFile(learnt(shifted.subList(0, CLEAN)));
    List<Finding> findings = new ArrayList<>();
    Wiring wiring = new Wiring(Settings.defaults());
    long renewedAt = shifted.get(SHIFTED).timeMicros();
    List<Finding> before;

    // When
    try (WireSerdes wire = new WireSerdes(Map.of(), new InMemoryRegistry());
        ReplayDriver driver =
            new ReplayDriver(
                Wiring.serdes(wire),
                wiring.engines(),
                wiring.stages(),
                new Counters(),
                new ReplayDriver.Results(
                    findings::add, (Incident i) -> {}, (Baseline b) -> {}, letter -> {}))) {
      driver.baseline(old);
      shifted.subList(0, SHIFTED).forEach(driver::pipe);
      driver.baseline(renewed);
      shifted.subList(SHIFTED, 2 * SHIFTED).forEach(driver::pipe);
      driver.finish();
    }
    before = findings.stream().filter(f -> f.timeMicros() < renewedAt).toList();

    // Then
    assertThat(renewed.modelKey()).isEqualTo(old.modelKey());
    assertThat(renewed.calibrationId()).isNotEqualTo(old.calibrationId());
    assertThat(before)
        .as("the shift is drift while the old baseline is in force")
        .anySatisfy(
            f -> {
              assertThat(f.detector()).isEqualTo("drift");
              assertThat(f.attributes()).containsEntry("calibration", old.calibrationId());
            });
    assertThat(findings)
        .as("and usual once the new one is")
        .filteredOn(f -> f.timeMicros() >= renewedAt)
        .noneMatch(f -> f.detector().equals("drift"));
  }

  private Baseline viaFile(Baseline baseline) throws Exception {
    Path file = dir.resolve("baselines.jsonl");
    BaselineFile.write(file, List.of(baseline));
    return BaselineFile.read(file).get(0);
  }

  private static Baseline learnt(List<Exchange> rows) {
    var learner = new BaselineCommand.Learner(new Wiring(Settings.defaults()));
    rows.forEach(learner::learn);
    return learner.finish().values().iterator().next();
  }
}
