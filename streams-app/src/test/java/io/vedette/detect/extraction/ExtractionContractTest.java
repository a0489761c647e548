package io.vedette.detect.extraction;

import io.vedette.DetectorContract;
import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Profile;
import io.vedette.detect.DetectorChain;
import io.vedette.lab.AttackKind;
import io.vedette.lab.Pace;
import io.vedette.lab.Participant;
import io.vedette.lab.Scenario;
import io.vedette.lab.Site;
import io.vedette.lab.World;
import java.util.ArrayList;
import java.util.List;

class ExtractionContractTest extends DetectorContract {

  ExtractionContractTest() {
    super(World.CHURN);
  }

  @Override
  protected Profile profile() {
    return Extraction.PROFILE;
  }

  @Override
  protected DetectorChain chain(Baseline baseline) {
    return DetectorChain.caller(Extraction.detector(), baseline);
  }

  @Override
  protected List<Exchange> attack(Site site) {
    List<CallerId> accounts = List.of(new CallerId("acme", "mallory"));
    Participant thief =
        Participant.attack(
            AttackKind.PATH_FINDING, accounts, site, 90_003, 150, Pace.perSecond(5), DAY_TWO);
    List<Exchange> exchanges = new ArrayList<>();
    Scenario.of(90_004).add(thief).build().forEach(exchanges::add);
    return exchanges;
  }

  @Override
  protected int foundWithin() {
    return 40;
  }

  @Override
  protected int mostStateBytes() {
    return 8_192; // a suspect with a copy and a stay of two labels
  }
}
