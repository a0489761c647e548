package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Scope;
import io.vedette.stats.DayReset;
import io.vedette.stats.Fusion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The evidence against one subject on one day, by source, fused into one e-value. */
final class Ledger {

  /*
   * Method. Sources are (scope, detector, cell): the caller detectors of one subject, and every cell
   * it shares; in a campaign also each detector's word on each member. E-values are averaged whatever
   * their dependence (Vovk and Wang 2021), the callers' detectors with fixed weights that sum to one
   * (Prior). A source that has not reported counts as zero, so the average is never too high. Cells,
   * models and members are other hypotheses: each is held against its own threshold, and the
   * subject's evidence is the largest excess over a threshold. Of each of these the 64 strongest are
   * kept: thresholds differ, so members that are loud must not push out a cell that counts.
   *
   * A new day in event time starts with an empty ledger; findings of an earlier day that come late
   * do not count.
   */

  private static final int MOST_SOURCES = 64;
  private static final double CERTAIN = 300; // log10 that stands for a deterministic check

  private final Map<String, Double> callers = new TreeMap<>();
  private final TreeMap<String, Double> others = new TreeMap<>();
  private long day = DayReset.NO_DAY;

  /** Takes a finding about this subject in; false when it belongs to a day that is over. */
  boolean add(Finding finding) {
    return add(finding, false);
  }

  /**
   * Takes a finding in; false when it belongs to a day that is over.
   *
   * @param member true when the finding is about a member of the campaign that this ledger is of
   */
  boolean add(Finding finding, boolean member) {
    DayReset place = DayReset.of(day, finding.timeMicros());
    if (place == DayReset.LATE) {
      return false;
    }
    if (place == DayReset.NEW_DAY) {
      day = DayReset.day(finding.timeMicros());
      callers.clear();
      others.clear();
    }
    double log10 = Math.min(CERTAIN, finding.logEvidence());
    if (finding.scope() == Scope.CALLER && !member) {
      put(callers, finding.detector(), log10);
    } else if (finding.scope() == Scope.CALLER) {
      put(Scope.CALLER + ":" + finding.detector() + '|' + finding.subject(), log10);
    } else {
      put(finding.scope() + ":" + finding.subject(), log10);
    }
    return true;
  }

  /** Other hypotheses of a scope, which their names begin with. */
  private void put(String source, double log10) {
    int end = source.indexOf(':');
    String scope = source.substring(0, end);
    put(others.subMap(scope + ':', scope + (char) (':' + 1)), source, log10);
  }

  /** Takes a source into a map, or a view of one, of which the 64 strongest are kept. */
  private static void put(Map<String, Double> sources, String source, double log10) {
    sources.merge(source, log10, Math::max);
    if (sources.size() > MOST_SOURCES) {
      sources.entrySet().stream()
          .min(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry::getKey))
          .ifPresent(weakest -> sources.remove(weakest.getKey()));
    }
  }

  /** Takes the sources of another ledger in, as far as they are of the same day or later. */
  void addAll(Ledger other) {
    if (other.day < day) {
      return;
    }
    if (other.day > day) {
      day = other.day;
      callers.clear();
      others.clear();
    }
    other.others.forEach(this::put);
  }

  /** log10 of the fused evidence of so many caller detectors, weighed by {@link Prior}. */
  double caller(int detectors) {
    int of = Math.max(detectors, callers.size()); // one more than was told dilutes the others
    double[] weights = new double[callers.size() + 1];
    double[] logs = new double[callers.size() + 1];
    int i = 0;
    double silent = 1;
    for (Map.Entry<String, Double> source : callers.entrySet()) {
      weights[i] = Prior.weight(source.getKey(), of);
      silent -= weights[i];
      logs[i++] = source.getValue() * Math.log(10);
    }
    weights[i] = Math.max(0, silent);
    logs[i] = -700; // the silent ones
    return Fusion.logMean(weights, logs) / Math.log(10);
  }

  /** Largest log10 evidence among the sources of a scope that are not fused. */
  double most(Scope scope) {
    String prefix = scope + ":";
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> source : others.entrySet()) {
      if (source.getKey().startsWith(prefix)) {
        most = Math.max(most, source.getValue());
      }
    }
    return most;
  }

  /** Largest log10 evidence among the sources that are not fused. */
  double other() {
    return others.values().stream().mapToDouble(d -> d).max().orElse(0);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(day);
    write(callers, out);
    write(others, out);
  }

  private static void write(Map<String, Double> sources, DataOutput out) throws IOException {
    out.writeByte(sources.size());
    for (Map.Entry<String, Double> source : sources.entrySet()) {
      out.writeUTF(source.getKey());
      out.writeDouble(source.getValue());
    }
  }

  static Ledger read(DataInput in) throws IOException {
    return read(in, in.readLong());
  }

  /** Reads a ledger whose day was read already. */
  static Ledger read(DataInput in, long day) throws IOException {
    Ledger ledger = new Ledger();
    ledger.day = day;
    read(ledger.callers, in);
    read(ledger.others, in);
    return ledger;
  }

  private static void read(Map<String, Double> sources, DataInput in) throws IOException {
    int n = in.readUnsignedByte();
    for (int i = 0; i < n; i++) {
      sources.put(in.readUTF(), in.readDouble());
    }
  }

  int bytes() {
    int characters = 0;
    for (String source : others.keySet()) {
      characters += source.length();
    }
    return 200 + 2 * characters + 100 * (callers.size() + others.size());
  }
}
