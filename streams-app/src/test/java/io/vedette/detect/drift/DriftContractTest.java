package io.vedette.detect.drift;

import io.vedette.DetectorContract;
import io.vedette.baseline.Baseline;
import io.vedette.core.Exchange;
import io.vedette.core.Profile;
import io.vedette.detect.DetectorChain;
import io.vedette.lab.DriftStream;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Half a standard deviation in a fifth of the features, from the first row on. */
class DriftContractTest extends DetectorContract {

  DriftContractTest() {
    super(World.LOAN);
  }

  /** Of the callers that drift later: new ones would be held to their share. */
  @Override
  protected Scenario clean(Site site) {
    return DriftStream.clean(site, 20, 20_000).scenario(90_001, Duration.ofMinutes(12));
  }

  @Override
  protected Scenario honest(Site site) {
    return DriftStream.clean(site, 20, 20_000).scenario(90_002, Duration.ofMinutes(60));
  }

  @Override
  protected Profile profile() {
    return Drift.PROFILE;
  }

  @Override
  protected DetectorChain chain(Baseline baseline) {
    return DetectorChain.model(Drift.detector(), baseline);
  }

  @Override
  protected List<Exchange> attack(Site site) {
    List<Exchange> exchanges = new ArrayList<>();
    DriftStream.shift(site, 20, 20_000, 0.5, 4, 0)
        .scenario(90_003, Duration.ofMinutes(12))
        .forEach(exchanges::add);
    return exchanges;
  }

  @Override
  protected int foundWithin() {
    return 2_000;
  }

  @Override
  protected int mostStateBytes() {
    return 8192;
  }
}
