package io.vedette.detect.evasion;

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
import java.util.stream.IntStream;

/** The same attack from fifty accounts, of which each asks twice or thrice. */
class EvasionCellContractTest extends DetectorContract {

  EvasionCellContractTest() {
    super(World.SCORING);
  }

  @Override
  protected Profile profile() {
    return Evasion.PROFILE;
  }

  @Override
  protected DetectorChain chain(Baseline baseline) {
    return DetectorChain.cell(Evasion.cells(model -> baseline), baseline);
  }

  @Override
  protected List<Exchange> attack(Site site) {
    List<CallerId> accounts =
        IntStream.range(0, 50).mapToObj(i -> new CallerId("acme", "mallory-" + i)).toList();
    Participant attacker =
        Participant.attack(
            AttackKind.HOP_SKIP_JUMP, accounts, site, 90_003, 150, Pace.perSecond(5), DAY_TWO);
    List<Exchange> exchanges = new ArrayList<>();
    Scenario.of(90_004).add(attacker).build().forEach(exchanges::add);
    return exchanges;
  }

  @Override
  protected int foundWithin() {
    return 130; // labels are held against the majority so far, not against the first
  }

  @Override
  protected int mostStateBytes() {
    return 5_120; // of an account that searches
  }
}
