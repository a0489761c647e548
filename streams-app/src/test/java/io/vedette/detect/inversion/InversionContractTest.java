package io.vedette.detect.inversion;

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

class InversionContractTest extends DetectorContract {

  InversionContractTest() {
    super(World.FRAUD);
  }

  @Override
  protected Profile profile() {
    return Inversion.PROFILE;
  }

  @Override
  protected DetectorChain chain(Baseline baseline) {
    return DetectorChain.caller(Inversion.detector(InversionConfig.of(List.of("3"))), baseline);
  }

  @Override
  protected List<Exchange> attack(Site site) {
    List<CallerId> accounts = List.of(new CallerId("acme", "mallory"));
    Participant attacker =
        Participant.attack(
            AttackKind.CLASS_ASCENT, accounts, site, 90_003, 150, Pace.perSecond(5), DAY_TWO);
    List<Exchange> exchanges = new ArrayList<>();
    Scenario.of(90_004).add(attacker).build().forEach(exchanges::add);
    return exchanges;
  }

  @Override
  protected int foundWithin() {
    return 40;
  }

  @Override
  protected int mostStateBytes() {
    return 10_240; // an attacker of 30 features; ordinary callers have some 4,100
  }
}
