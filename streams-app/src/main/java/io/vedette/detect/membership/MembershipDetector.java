package io.vedette.detect.membership;

import io.vedette.core.Detector;
import io.vedette.core.Finding;
import io.vedette.core.Payload;
import io.vedette.core.Profile;
import io.vedette.detect.Cluster;
import io.vedette.detect.Observation;
import io.vedette.detect.Wagers;
import io.vedette.detect.membership.MembershipState.Started;
import io.vedette.stats.MixtureGrid;
import io.vedette.stats.RestartedMixture;
import io.vedette.stats.SafeIndependence;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Bets that a caller finds out of each of many rows whether the model was trained on it. */
final class MembershipDetector implements Detector<MembershipState, Observation> {

  /*
   * Method. Six sources of evidence on the distinct rows, averaged into one e-value:
   *
   * - growing noise: a copy lies farther from its seed than all before it, seed after seed, as the
   *   distance to the label's boundary is felt for [1]; with noise of one strength the i-th after
   *   the first does that with probability 1/i. Told of once three seeds were looked at so.
   * - ladders: the three copies after a drop lie ever farther, as along one direction after the
   *   other [1]; noise whose strengths come in no order does that once in six times. Told of once
   *   three seeds have had it.
   * - chosen seeds: copies are made of rows that the model is sure of, and others are left alone [2].
   *   Counted from the first seed on, and no more than what speaks for copies of more than a tenth of
   *   all rows: where the traffic is dense, and the model is sure there, rows seem to be copies. Whoever does not choose by confidence gives a table without dependence (SafeIndependence), for
   *   four cuts of the clean confidences, averaged.
   * - moved pictures: exact copies of a picture, moved by whole pixels or mirrored [1].
   * - training rows: registered rows [3], more than a benign caller asks about; copies do not count.
   * - decoys: registered rows that exist nowhere else. The chance of a false one among n rows is n f,
   *   so 1 / (2 n (n + 1) f) is an e-value.
   *
   * Cost per row: two counts for rows without a seed; two multiply-adds for each of four
   * alternatives of a bet that has started; 0.4 us for 30 features where rows are registered. State:
   * 24 bytes; with a seed or picture 270, 32 more per bet, 300 for pictures, 330 for exemplars.
   * False alarms: P(evidence >= x in a day) <= 1/x while a benign caller's copies are of one strength
   * per seed, its seeds are not chosen by confidence, at most one row in twenty is a moved picture
   * and its share of training rows stays below the one set.
   * Blind spots: one query a person without registered rows; noise of one strength about seeds of
   * any confidence, which a robustness test sends as well; copies of a seed that is never sent.
   *
   * [1] Choquette-Choo et al., ICML 2021, https://arxiv.org/abs/2007.14321
   * [2] Jayaraman et al., PoPETs 2021, https://arxiv.org/abs/2005.10881
   * [3] Carlini et al., S&P 2022, https://arxiv.org/abs/2112.03570
   */

  static final int GROWING = 0;
  static final int MOVED = 1;
  static final int TRAINING = 2;
  static final int SETTLING = 3;
  static final int LADDER = 4;
  static final int BETS = 5;
  static final double LADDER_RATE = 1 / 6.0; // of the orders of three
  static final double SETTLING_RATE = 0.1; // rows in dense parts of the traffic look like copies
  static final double MOVED_RATE = 0.05; // people who move pictures by whole pixels are rare
  private static final int SOURCES = 6;
  static final int FIRST_TRIAL = 3; // copy; the first two tell little
  private static final int FARTHER = 3; // copies ever farther, for a seed to count
  static final int SEEDS = 3; // of these, or of moved pictures, for a report

  private final MixtureGrid grid = new MixtureGrid();
  private final RestartedMixture moved = grid.atLeast(MOVED_RATE);
  private final RestartedMixture ladder = grid.atLeast(LADDER_RATE);
  private final RestartedMixture settling = grid.atLeast(SETTLING_RATE);
  private final RestartedMixture training;
  private final Fingerprints fingerprints;
  private final RowHash hash;
  private final double trainingShare;

  MembershipDetector(MembershipConfig config) {
    this.fingerprints = config.fingerprints();
    this.hash = fingerprints.hash();
    this.trainingShare = config.trainingShare();
    this.training = grid.atLeast(trainingShare);
  }

  @Override
  public Profile profile() {
    return Membership.PROFILE;
  }

  @Override
  public MembershipState create() {
    return new MembershipState();
  }

  @Override
  public MembershipState read(DataInput in) throws IOException {
    return MembershipState.read(in, BETS, grid.size());
  }

  @Override
  public MembershipState nextDay(MembershipState state) {
    MembershipState next = create();
    if (state.started != null) {
      Wagers carried = state.started.wagers.nextDay();
      next.started = carried.carried() > 0 ? new Started(carried) : null;
    }
    return next;
  }

  @Override
  public void observe(MembershipState state, Observation seen, Consumer<Finding> findings) {
    state.steps++;
    Cluster cluster = seen.cluster();
    boolean hit = cluster.copies() >= FIRST_TRIAL && grow(started(state), cluster);
    hit |= cluster.decides() && ascend(started(state), cluster);
    hit |= choose(state, cluster);
    if (seen.exchange().input() instanceof Payload.Features features) {
      hit |= features.shape().length == 2 && move(started(state), features, seen.row());
      Fingerprints.Rows rows = fingerprints.of(seen.exchange().model().name());
      boolean isCopy = cluster.copies() > 0; // of which the seed says it all
      hit |= rows != null && !isCopy && known(started(state), rows, features, seen.row());
    }
    if (hit) {
      started(state).wagers.keep(seen.sample());
      report(state.steps, started(state), seen, findings);
    }
  }

  private Started started(MembershipState state) {
    Started started = state.started;
    if (started == null) {
      started = new Started(new Wagers(BETS, grid.size()));
      state.started = started;
    }
    return started;
  }

  private static boolean grow(Started state, Cluster cluster) {
    // The first copy is near because it was chosen so: the ranks are those of the others.
    state.wagers.placeRecord(GROWING, 0, cluster.copies() - 1, cluster.farther());
    boolean climbs = cluster.farther() && cluster.climbs() >= FARTHER;
    state.climbed += climbs && cluster.climbs() == FARTHER ? 1 : 0;
    return climbs;
  }

  private boolean ascend(Started state, Cluster cluster) {
    state.wagers.place(LADDER, ladder, cluster.ascends());
    state.ascended += cluster.ascends() && cluster.ascents() == 1 ? 1 : 0;
    return cluster.ascends();
  }

  private boolean choose(MembershipState state, Cluster cluster) {
    int alone = cluster.leftAlone();
    if (alone >= 0 && state.started != null) {
      state.started.alone[alone]++;
      state.started.wagers.place(SETTLING, settling, false);
    }
    int seed = cluster.seedLevel();
    if (!cluster.settles() || seed < 0) {
      return false;
    }
    if (state.started != null) { // what begins the count is no trial
      state.started.wagers.place(SETTLING, settling, true);
    }
    started(state).seeds[seed]++;
    return true;
  }

  private boolean move(Started state, Payload.Features features, int row) {
    int[] shape = features.shape();
    if (state.originals == null) {
      state.originals = new Originals();
    }
    int offset = row * features.columns();
    Originals.Kind kind = state.originals.look(features.values(), offset, shape[0], shape[1]);
    if (kind == Originals.Kind.UNCLEAR) {
      return false;
    }
    boolean hit = kind != Originals.Kind.NEW;
    state.wagers.place(MOVED, moved, hit);
    state.moved += kind == Originals.Kind.FIRST_MOVED ? 1 : 0;
    return hit;
  }

  private boolean known(Started state, Fingerprints.Rows rows, Payload.Features features, int row) {
    hash.of(features, row, rows.steps());
    if (rows.decoys().holds(hash.h1(), hash.h2())) {
      state.decoys++;
      return true;
    }
    boolean hit = rows.training().holds(hash.h1(), hash.h2());
    state.wagers.place(TRAINING, training, hit);
    return hit;
  }

  private void report(int steps, Started state, Observation seen, Consumer<Finding> findings) {
    Wagers wagers = state.wagers;
    double growing = state.climbed >= SEEDS ? wagers.recordEvidence(GROWING, 1) : 0;
    double ladders = state.ascended >= SEEDS ? wagers.evidence(LADDER, ladder) : 0;
    double pictures = state.moved >= SEEDS ? wagers.evidence(MOVED, moved) : 0;
    double rows = wagers.hits(TRAINING) > 0 ? wagers.evidence(TRAINING, training) : 0;
    double chosen = Math.min(chosen(state), wagers.evidence(SETTLING, settling));
    double decoys = decoys(steps, state.decoys);
    double log10 = Math.log10((growing + ladders + pictures + rows + chosen + decoys) / SOURCES);
    if (!wagers.worthReporting(log10)) {
      return;
    }
    double noise = Math.max(growing, ladders);
    double most = Math.max(Math.max(noise, pictures), Math.max(Math.max(rows, chosen), decoys));
    Mechanism mechanism =
        most == decoys
            ? Mechanism.DECOY
            : most == rows
                ? Mechanism.TRAINING_ROWS
                : most == pictures
                    ? Mechanism.MOVED_PICTURES
                    : most == noise ? Mechanism.GROWING_NOISE : Mechanism.CHOSEN_SEEDS;
    findings.accept(MembershipReport.finding(steps, state, seen, log10, mechanism, trainingShare));
  }

  /** Evidence that copies are made of sure rows and others left alone; 0 the other way round. */
  private static double chosen(Started state) {
    long seeds = Arrays.stream(state.seeds).sum();
    long alone = Arrays.stream(state.alone).sum();
    long sure = seeds;
    long aloneSure = alone;
    double sum = 0;
    for (int cut = 0; cut < MembershipState.LEVELS - 1; cut++) {
      sure -= state.seeds[cut];
      aloneSure -= state.alone[cut];
      if (sure * alone > aloneSure * seeds) {
        double logE = SafeIndependence.logE(sure, seeds, aloneSure, alone);
        sum += Math.exp(Math.min(460, logE));
      }
    }
    return sum / (MembershipState.LEVELS - 1);
  }

  private static double decoys(double n, int decoys) {
    return decoys == 0 ? 0 : 1 / (2 * n * (n + 1) * Fingerprints.DECOY_RATE);
  }

  /** What the largest evidence is of. */
  enum Mechanism {
    GROWING_NOISE,
    CHOSEN_SEEDS,
    MOVED_PICTURES,
    TRAINING_ROWS,
    DECOY
  }
}
