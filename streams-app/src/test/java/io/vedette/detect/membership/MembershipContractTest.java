package io.vedette.detect.membership;

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

class MembershipContractTest extends DetectorContract {

  MembershipContractTest() {
    super(World.CLINIC);
  }

  @Override
  protected Profile profile() {
    return Membership.PROFILE;
  }

  @Override
  protected DetectorChain chain(Baseline baseline) {
    return DetectorChain.caller(Membership.detector(MembershipConfig.USUAL), baseline);
  }

  @Override
  protected List<Exchange> attack(Site site) {
    List<CallerId> accounts = List.of(new CallerId("acme", "mallory"));
    Participant attacker =
        Participant.attack(
            AttackKind.LABEL_MEMBERSHIP, accounts, site, 90_003, 150, Pace.perSecond(5), DAY_TWO);
    List<Exchange> exchanges = new ArrayList<>();
    Scenario.of(90_004).add(attacker).build().forEach(exchanges::add);
    return exchanges;
  }

  @Override
  protected int foundWithin() {
    return 120; // eight of the label-only attack's searches
  }

  @Override
  protected int mostStateBytes() {
    return 10_240; // an attacker of 30 features; ordinary callers have some 4,100
  }
}
