package io.vedette.detect;

import io.vedette.core.Origin;
import io.vedette.core.Sample;
import io.vedette.core.State;
import io.vedette.core.TraceId;
import io.vedette.stats.RecordBet;
import io.vedette.stats.RestartedMixture;
import io.vedette.stats.StratumBet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The capital of a detector's bets on one key and day, with the counts and exemplars to explain it.
 * A bet that never hit has no capital yet: what it would have lost follows from the number of
 * steps.
 */
public final class Wagers implements State {

  /*
   * Midnight. With M the capital of a bet, unspent stakes included, a day begins with 1 + X / 10,
   * where X is yesterday's M, or nothing when that was below 10, or 10,000 when it was more. While
   * a benign key keeps to its rates, M's expectation does not grow within a day, so it is 1 / (1 -
   * 1/10) at most on every day, and the evidence, 9/10 of M, is an e-value of each day: P(evidence
   * >= x in a day) <= 1/x (Ville 1939). So who works through midnight, or a little every day, keeps
   * a part of what was seen, by one decade less each night; and since what is carried is some 1,000
   * at most, an alarm of tomorrow needs evidence of tomorrow.
   */

  private static final double CARRIED = 0.1;
  private static final double FRESH = 1 - CARRIED;
  private static final double LEAST_CARRIED = 10; // of yesterday's capital
  private static final double MOST_CARRIED = 10_000;
  private static final double[] NONE = {};

  /** Log10 of the evidence from which on findings are worth it. */
  public static final double LEAST_REPORTED = 2;

  /** Exemplars kept. */
  public static final int SAMPLES = 3;

  private final int bets;
  private final int size;
  private double[] capital = NONE; // of the bets that have started
  private final int[] counts; // per bet how often it hit, then how often it was placed
  private int started; // bit per bet that has capital
  private int steps;
  private float carried; // log10 of the largest bet's part that came from yesterday
  private float reported; // log10 of the evidence at the last finding
  private List<Sample> samples = List.of();

  /**
   * No capital yet.
   *
   * @param bets number of bets
   * @param size doubles per bet
   */
  public Wagers(int bets, int size) {
    this.bets = bets;
    this.size = size;
    this.counts = new int[2 * bets];
  }

  /** What the next day begins with; the counts and exemplars begin anew. */
  public Wagers nextDay() {
    Wagers next = new Wagers(bets, size);
    double most = 0;
    for (int bet = 0; bet < bets; bet++) {
      most = Math.max(most, carry(bet, next));
    }
    if (most > 0) {
      next.carried = (float) Math.log10(most);
      next.reported = (float) Math.log10(Math.max(1, FRESH * most / bets));
    }
    return next;
  }

  /** Hands a bet's capital on; returns how much, as the mean over its alternatives. */
  private double carry(int bet, Wagers next) {
    if (!hasStarted(bet)) {
      return 0;
    }
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += capital[at(bet) + i] / size;
    }
    if (mean < LEAST_CARRIED) {
      return 0;
    }
    double share = CARRIED * Math.min(1, MOST_CARRIED / mean);
    next.start(bet);
    for (int i = 0; i < size; i++) {
      next.capital[next.at(bet) + i] = share * capital[at(bet) + i];
    }
    return share * mean;
  }

  /** Log10 of what the largest bet has from the day before, at most 3; 0 when it has nothing. */
  public float carried() {
    return carried;
  }

  /** Starts the next step, in which every bet is placed once at most. */
  public void step() {
    steps++;
  }

  /** Steps so far. */
  public int steps() {
    return steps;
  }

  /**
   * Starts a bet that has not hit yet, because the rate it is placed against is about to change:
   * what was placed so far is charged as misses at the rate that it had. Others start when they
   * hit.
   */
  public void begin(int bet, RestartedMixture mixture) {
    if (!hasStarted(bet)) {
      start(bet);
      mixture.misses(capital, at(bet), counts[bets + bet]);
    }
  }

  /** Places one bet of the current step; at one rate always, but for bets that have begun. */
  public void place(int bet, RestartedMixture mixture, boolean hit) {
    if (hit) {
      begin(bet, mixture);
    }
    counts[bets + bet]++;
    if (hasStarted(bet)) {
      mixture.update(capital, at(bet), counts[bets + bet], hit);
      counts[bet] += hit ? 1 : 0;
    }
  }

  /**
   * Places one bet of the current step that a series sets a record.
   *
   * @param series one of at most {@code size} series that share the bet
   * @param rank place of the value in its series, from 2
   */
  public void placeRecord(int bet, int series, int rank, boolean record) {
    if (!hasStarted(bet)) {
      start(bet);
    }
    counts[bets + bet]++;
    RecordBet.update(capital, at(bet) + series, counts[bets + bet], rank, record);
    counts[bet] += record ? 1 : 0;
  }

  /**
   * Places one bet of the current step that two facts go together, see {@link StratumBet}.
   *
   * @param n trials of the stratum
   * @param first in which the first fact holds
   * @param second in which the second one holds
   * @param both in which both hold
   */
  public void placeStratum(int bet, int n, int first, int second, int both) {
    if (!hasStarted(bet)) {
      start(bet);
    }
    counts[bets + bet]++;
    StratumBet.update(capital, at(bet), counts[bets + bet], n, first, second, both);
  }

  private boolean hasStarted(int bet) {
    return (started & (1 << bet)) != 0;
  }

  /** Most keys never start most bets, so only those that have started take room, in order. */
  private void start(int bet) {
    started |= 1 << bet;
    double[] wider = new double[capital.length + size];
    int at = at(bet);
    System.arraycopy(capital, 0, wider, 0, at);
    System.arraycopy(capital, at, wider, at + size, capital.length - at);
    capital = wider;
  }

  private int at(int bet) {
    return size * Integer.bitCount(started & ((1 << bet) - 1));
  }

  /** Evidence of one bet, an e-value. */
  public double evidence(int bet, RestartedMixture mixture) {
    if (!hasStarted(bet)) {
      // The stakes not placed yet; what was placed has only fallen, and is left out.
      return FRESH * (counts[bets + bet] == 0 ? 1 : 0.5 / counts[bets + bet]);
    }
    return FRESH * mixture.evidence(capital, at(bet), counts[bets + bet]);
  }

  /** Evidence of one bet on records in so many series, an e-value. */
  public double recordEvidence(int bet, int series) {
    if (!hasStarted(bet)) {
      return FRESH;
    }
    double sum = 0.5 / Math.max(1, counts[bets + bet]); // what has not been bet yet
    for (int i = 0; i < series; i++) {
      sum += capital[at(bet) + i]; // each step's stake went to one series
    }
    return FRESH * sum;
  }

  /** Evidence of one bet on strata of trials, an e-value. */
  public double stratumEvidence(int bet) {
    int at = at(bet);
    return FRESH * (hasStarted(bet) ? StratumBet.evidence(capital, at, counts[bets + bet]) : 1);
  }

  /** How often one bet was placed. */
  public int placed(int bet) {
    return counts[bets + bet];
  }

  /** Hits of one bet. */
  public int hits(int bet) {
    return counts[bet];
  }

  /** Keeps an exemplar, the latest ones. */
  public void keep(Sample sample) {
    if (samples.isEmpty()) {
      samples = new ArrayList<>(SAMPLES);
    }
    if (samples.size() == SAMPLES) {
      samples.remove(0);
    }
    samples.add(sample);
  }

  /** Exemplars, oldest first. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /**
   * True when the evidence is worth a finding: at least 100, and ten times that of the last one;
   * the further it has grown, the more it must grow, so that one attack gives some twenty findings.
   *
   * @param log10 evidence, log10
   */
  public boolean worthReporting(double log10) {
    if (log10 < LEAST_REPORTED || log10 < reported + Math.max(1, reported / 4)) {
      return false;
    }
    reported = (float) log10;
    return true;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(steps);
    out.writeFloat(carried);
    out.writeFloat(reported);
    out.writeInt(started);
    for (int bet = 0; bet < bets; bet++) {
      out.writeInt(counts[bet]);
      out.writeInt(counts[bets + bet]);
      for (int i = 0; i < size && hasStarted(bet); i++) {
        out.writeDouble(capital[at(bet) + i]);
      }
    }
    out.writeByte(samples.size());
    for (Sample sample : samples) {
      out.writeUTF(sample.requestId());
      out.writeUTF(sample.origin().topic());
      out.writeInt(sample.origin().partition());
      out.writeLong(sample.origin().offset());
      TraceId.write(sample.trace(), out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the bytes are not such a state
   */
  public static Wagers read(DataInput in, int bets, int size) throws IOException {
    Wagers wagers = new Wagers(bets, size);
    wagers.steps = in.readInt();
    wagers.carried = in.readFloat();
    wagers.reported = in.readFloat();
    wagers.started = in.readInt() & ((1 << bets) - 1);
    wagers.capital = new double[size * Integer.bitCount(wagers.started)];
    for (int bet = 0; bet < bets; bet++) {
      wagers.counts[bet] = in.readInt();
      wagers.counts[bets + bet] = in.readInt();
      for (int i = 0; i < size && wagers.hasStarted(bet); i++) {
        wagers.capital[wagers.at(bet) + i] = in.readDouble();
      }
    }
    int samples = in.readUnsignedByte();
    if (samples > SAMPLES) {
      throw new IOException("samples must be " + SAMPLES + " at most, were " + samples);
    }
    for (int i = 0; i < samples; i++) {
      String requestId = in.readUTF();
      Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
      wagers.keep(new Sample(requestId, origin, TraceId.read(in)));
    }
    return wagers;
  }

  @Override
  public int bytes() {
    int exemplars = samples.isEmpty() ? 0 : 56 + 144 * samples.size();
    return 64 + (capital.length == 0 ? 0 : 16 + 8 * capital.length) + 8 * bets + exemplars;
  }
}
