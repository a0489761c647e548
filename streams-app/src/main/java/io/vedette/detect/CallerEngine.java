package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Baselines;
import io.vedette.baseline.CallerRates;
import io.vedette.baseline.Hashes;
import io.vedette.baseline.Vectors;
import io.vedette.core.Answer;
import io.vedette.core.Detector;
import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Payload;
import io.vedette.core.Sample;
import io.vedette.core.State;
import io.vedette.stats.DayReset;
import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caller stage's engine: measures each row of an exchange once, and tells the caller detectors,
 * the cells and the panes of it; before a baseline is in force, it hands the rows on to learn from.
 */
public final class CallerEngine implements Engine<CallerState, Exchange, CallerOutput> {

  /*
   * An exact repeat, by whomever, counts once in a cell, so this task sights a row once a day.
   *
   * Cost per row of 30 features: about 6 us in a replay of 10,000 callers, part of it the state's
   * way into the processor's cache; allocation: the sightings (four records) and, now and then, a
   * stay. State per caller and model of 30 features: 3 KB for an ordinary caller, 7 KB for a suspect.
   */

  private static final float TURN = 0.15f; // of the step; rows at random are hardly ever that near
  private static final int MOST_LENSES = 256;
  private static final int MOST_LEARNT_ROWS = 64; // of one exchange
  private static final float CENTRAL = 0.05f; // of the usual squared distance, where no row is ...
  private static final int MANY = 4; // ... in so many dimensions (chi-square: one in 200 in four)

  private final List<Detector<? extends State, Observation>> detectors;
  private final Baselines baselines;
  private final long salt;
  private final long learnUntilMicros;
  private final boolean cells;
  private final Panes panes = new Panes();
  private final Geometry geometry = new Geometry();
  private final long[] coarseCell = new long[1];
  private final Map<String, Lens> lenses = new LinkedHashMap<>(16, 0.75f, true);
  private final SecondSight sighted = new SecondSight(1 << 22);
  private @Nullable Lens lastLens;

  /**
   * Creates the engine of one task.
   *
   * @param detectors caller detectors, in an order that never changes
   * @param salt secret of the fingerprints
   * @param learnUntilMicros traffic before it only teaches; {@code Long.MIN_VALUE} when the number
   *     of rows ends the learning period
   * @param cells whether sightings are wanted
   */
  public CallerEngine(
      List<Detector<? extends State, Observation>> detectors,
      Baselines baselines,
      long salt,
      long learnUntilMicros,
      boolean cells) {
    this.detectors = List.copyOf(detectors);
    this.baselines = baselines;
    this.salt = salt;
    this.learnUntilMicros = learnUntilMicros;
    this.cells = cells;
  }

  @Override
  public CallerState create() {
    return new CallerState();
  }

  @Override
  public CallerState read(DataInput in) throws IOException {
    return CallerState.read(in, detectors);
  }

  @Override
  public void observe(CallerState state, Exchange exchange, CallerOutput out) {
    observe(state, exchange, OwnStep.UNKNOWN, out);
  }

  /**
   * Observes an exchange.
   *
   * @param own what the senders' own last rows make of its row, when this caller stands for many
   */
  void observe(CallerState state, Exchange exchange, OwnStep own, CallerOutput out) {
    if (!(exchange.input() instanceof Payload.Features features)) {
      return; // text is the business of the prompt detectors
    }
    Baseline baseline = baselines.find(exchange.model());
    boolean learning = exchange.timeMicros() < learnUntilMicros;
    if (baseline == null || !baseline.finished()) {
      learn(state, exchange, features, baseline, out);
      return;
    }
    if (!baseline.frame().fits(features)) {
      return;
    }
    Lens lens = lens(baseline);
    Track track = track(state, lens, exchange);
    for (int row = 0; row < features.rows(); row++) {
      row(track, lens, exchange, features, row, own, learning, out);
    }
  }

  @Override
  public void drain(CallerOutput out) {
    panes.drain(out::update);
  }

  @SuppressWarnings("ReferenceEquality") // a table gives one object until it has another one
  private Lens lens(Baseline baseline) {
    if (lastLens != null && lastLens.baseline == baseline) {
      return lastLens;
    }
    Lens lens = lenses.get(baseline.calibrationId());
    if (lens == null) {
      lens = new Lens(baseline, salt);
      lenses.put(baseline.calibrationId(), lens);
      if (lenses.size() > MOST_LENSES) {
        lenses.remove(lenses.keySet().iterator().next());
      }
    }
    lastLens = lens;
    return lens;
  }

  private Track track(CallerState state, Lens lens, Exchange exchange) {
    Track track = state.track(lens.modelKey, lens.baseline.manifold().dimensions(), detectors);
    long day = DayReset.day(exchange.timeMicros());
    if (track.exchanges == 0) {
      track.firstSeenMicros = exchange.timeMicros();
      track.day = day;
    } else if (day > track.day) {
      track.turn(day, detectors); // ledgers begin a day at midnight, in event time
    }
    track.exchanges++;
    return track;
  }

  private void row(
      Track track,
      Lens lens,
      Exchange exchange,
      Payload.Features features,
      int row,
      OwnStep own,
      boolean learning,
      CallerOutput out) {
    Baseline baseline = lens.baseline;
    Answer answer = exchange.answer(row);
    long label = label(answer);
    float confidence = answer.confidence();
    float surprise = lens.surprises.of(features, row, lens.bins);
    baseline.frame().standardise(features, row, lens.z);
    baseline.manifold().project(lens.z, lens.g);
    long content = Hashes.floats(lens.g, 0, lens.g.length, lens.modelHash);
    if (track.history.repeats(content)) {
      return; // a retry teaches nothing: it counts once
    }
    track.history.look(lens.g);
    if (track.history.nearestSquared() >= baseline.nulls().near()) {
      // Edits of a row just seen tell of the caller, not of the model's inputs.
      long caller = Hashes.caller(exchange.caller());
      panes.add(baseline, lens.bins, caller, label, confidence, exchange.timeMicros(), out::update);
    }
    boolean enters = entersNewPlace(track, lens);
    boolean off = lens.isOff(surprise);
    float radius = lens.radius(label, track.history.nearestSquared());
    boolean novel;
    boolean scattered;
    if (own.first()) {
      boolean goes = enters && lens.wide;
      novel = goes && off;
      scattered = goes && lens.minorShare > baseline.nulls().minor();
    } else { // of many senders; a search about one input is none of sampling
      boolean apart = track.history.nearestSquared() >= radius;
      novel = apart && own.novel();
      scattered = apart && own.scattered();
    }
    measure(track, lens, label);
    track.search.measure(
        lens.g, geometryLabel(label), confidence, radius, track.history, lens.directions);
    follow(track, lens, label);
    track.cluster.measure(
        lens.g,
        lens.level(confidence),
        track.history.nearest(),
        track.history.nearestSquared(),
        lens.neighbourhood,
        track.history);
    track.mirror.measure(lens.g, track.history, lens.neighbourhood, lens.directions);
    track.reflection.measure(lens.g, track.history, lens.neighbourhood, lens.signs, lens.sums);
    track.measurePicture(lens, features, row, answer, geometryLabel(label));
    if (track.search.place() == 1) {
      track.foreign = track.wasForeign(track.history.nearest());
    }
    track.isForeign(off || (lens.g.length >= MANY && lens.distance < CENTRAL * lens.g.length));
    // Edits of a seed or of a stay that other rows pass by lie near those, however wide the step.
    boolean edit = track.search.passedBy() || track.cluster.step();
    novel &= !edit;
    scattered &= !edit;
    // Steps along one feature are sliders and grids, symmetric about many a row.
    boolean onSphere =
        !track.search.isElsewhere()
            && track.anchors.onSphere(lens.g)
            && !geometry.axis()
            && !geometry.sweep();
    if (track.bisectionRun >= 2 && !geometry.axis() && geometry.isExact()) {
      track.anchors.search(lens.g, geometryLabel(label));
    }
    if (!learning) {
      // Not asked of groups: a thief may deal rows and their copies to the same of his accounts.
      boolean alone = own.equals(OwnStep.UNKNOWN);
      boolean turn = alone && (novel || scattered) && takesTurns(track.history);
      boolean isNovel = novel && !turn;
      boolean isScattered = scattered && !turn;
      tell(track, lens, exchange, row, isNovel, isScattered, onSphere, geometryLabel(label), out);
      if (NewcomerRow.wanted(track.exchanges, row, features)) {
        boolean first = track.history.size() == 0;
        OwnStep step = new OwnStep(first, off, novel, scattered);
        out.update(NewcomerRow.of(baseline, exchange, features, row, step));
      }
      if (cells && !sighted.seen(content ^ track.day)) {
        sight(lens, exchange, content, label, confidence, out);
      }
    }
    track.history.add(lens.g, geometryLabel(label));
  }

  /**
   * True when the row lies far nearer to an earlier one than to the last: one of several entities
   * that are asked about in turns, and may have walked off together.
   */
  private static boolean takesTurns(History history) {
    return history.nearestSquared() < TURN * TURN * history.newestSquared();
  }

  /** A monitored entity that walked off comes back to where it was; a sampler never does. */
  private boolean entersNewPlace(Track track, Lens lens) {
    lens.distance = lens.baseline.manifold().whiten(lens.g, lens.w);
    lens.wide = false;
    lens.minorShare = 0;
    if (track.history.size() > 0) {
      // Whitened anew each time: a caller's state has no room for what a tenth of a us computes.
      track.history.newest(lens.lastG);
      lens.baseline.manifold().whiten(lens.lastG, lens.lastW);
      lens.wide = Vectors.squaredDistance(lens.w, lens.lastW) > lens.baseline.nulls().step();
      lens.minorShare = lens.wide ? lens.baseline.manifold().minorShare(lens.w, lens.lastW) : 0;
    }
    lens.coarse.cells(lens.g, coarseCell, lens.coarseSums);
    return track.entersNewCell(coarseCell[0]);
  }

  private void measure(Track track, Lens lens, long label) {
    geometry.measure(lens.g, geometryLabel(label), track.history, lens.grain);
    track.bisectionRun = geometry.bisectionStep() ? track.bisectionRun + 1 : 0;
  }

  /** Rows of a stay that come between others are measured against the stay's own last rows. */
  private void follow(Track track, Lens lens, long label) {
    Search search = track.search;
    boolean step = geometry.bisectionStep();
    if (search.passedBy()) {
      geometry.measure(lens.g, geometryLabel(label), search.trail(), lens.grain);
      step = geometry.bisectionStep();
    }
    search.follow(lens.g, geometryLabel(label), step);
    if (search.passedBy()) {
      track.bisectionRun = search.bisectionRun();
    }
  }

  private void tell(
      Track track,
      Lens lens,
      Exchange exchange,
      int row,
      boolean novel,
      boolean scattered,
      boolean onSphere,
      int label,
      CallerOutput out) {
    Observation observation =
        new Observation(exchange, row, lens, geometry, track, novel, scattered, onSphere, label);
    for (int i = 0; i < detectors.size(); i++) {
      try {
        observe(detectors.get(i), track.states[i], observation, out);
      } catch (RuntimeException e) {
        out.fenced(detectors.get(i).profile().id(), e);
        if ((track.blind & (1 << i)) == 0) {
          track.blind |= 1 << i;
          out.finding(Blindness.of(detectors.get(i).profile().id(), exchange, track));
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // a state is only handed to the detector that made it
  private static <S extends State> void observe(
      Detector<S, Observation> detector, State state, Observation observation, CallerOutput out) {
    detector.observe((S) state, observation, out::finding);
  }

  private void sight(
      Lens lens, Exchange exchange, long content, long label, float confidence, CallerOutput out) {
    CellEpoch epoch = lens.epoch(DayReset.day(exchange.timeMicros()));
    short[] sketch = epoch.sketch(lens.g);
    Sample sample = Sample.of(exchange);
    for (long cell : epoch.cells(lens.g)) {
      out.cell(
          new CellSighting(
              cell,
              exchange.caller(),
              exchange.model(),
              exchange.timeMicros(),
              content,
              geometryLabel(label),
              confidence,
              sketch,
              sample));
    }
  }

  private void learn(
      CallerState state,
      Exchange exchange,
      Payload.Features features,
      @Nullable Baseline provisional,
      CallerOutput out) {
    boolean last = learnUntilMicros != Long.MIN_VALUE && exchange.timeMicros() >= learnUntilMicros;
    int rows = last ? 1 : Math.min(features.rows(), MOST_LEARNT_ROWS);
    for (int row = 0; row < rows; row++) {
      CallerRates rates = new CallerRates(0, 0, 0, 0);
      if (provisional != null && provisional.frame().fits(features)) {
        rates = rates(state, exchange, features, row, lens(provisional));
      }
      out.update(LearningRow.of(exchange, features, row, last, rates));
    }
  }

  private CallerRates rates(
      CallerState state, Exchange exchange, Payload.Features features, int row, Lens lens) {
    Track track = state.track(lens.modelKey, lens.baseline.manifold().dimensions(), detectors);
    lens.baseline.frame().standardise(features, row, lens.z);
    lens.baseline.manifold().project(lens.z, lens.g);
    long content = Hashes.floats(lens.g, 0, lens.g.length, lens.modelHash);
    if (!track.history.repeats(content)) {
      long label = label(exchange.answer(row));
      measure(track, lens, label);
      track.count(geometry);
      track.history.add(lens.g, geometryLabel(label));
    }
    return track.rates();
  }

  /** Hash of what was answered, {@code Long.MIN_VALUE} when it names no class. */
  static long label(Answer answer) {
    if (answer.label() != null) {
      return Hashes.text(answer.label());
    }
    return answer.probabilities().length > 1 ? Hashes.mix(answer.topClass() + 1L) : Long.MIN_VALUE;
  }

  private static int geometryLabel(long label) {
    return label == Long.MIN_VALUE ? 0 : (int) (label >>> 32) | 1;
  }
}
