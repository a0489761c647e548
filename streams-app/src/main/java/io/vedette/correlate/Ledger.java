package io.vedette.correlate;

import io.vedette.core.Finding;
import io.vedette.core.Scope;
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
   * it shares. E-values are averaged whatever their dependence (Vovk and Wang 2021), the callers'
   * detectors with equal weights that sum to one. A source that has not reported counts as zero, so
   * the average is never too high. Cells and models are other hypotheses: each is held against its
   * own threshold, and the subject's evidence is the largest excess over a threshold.
   *
   * A new day in event time starts with an empty ledger; findings of an earlier day that come late
   * do not count.
   */

  private static final int MOST_SOURCES = 64;
  private static final double CERTAIN = 300; // log10 that stands for a deterministic check

  private final Map<String, Double> callers = new TreeMap<>();
  private final Map<String, Double> others = new TreeMap<>();
  private long day = Long.MIN_VALUE;

  /** Takes a finding in; false when it belongs to a day that is over. */
  boolean add(Finding finding) {
    long findingDay = Math.floorDiv(finding.timeMicros(), 86_400_000_000L);
    if (findingDay < day) {
      return false;
    }
    if (findingDay > day) {
      day = findingDay;
      callers.clear();
      others.clear();
    }
    Map<String, Double> sources = finding.scope() == Scope.CALLER ? callers : others;
    String source =
        finding.scope() == Scope.CALLER
            ? finding.detector()
            : finding.scope() + ":" + finding.subject();
    if (sources.size() < MOST_SOURCES || sources.containsKey(source)) {
      sources.merge(source, Math.min(CERTAIN, finding.logEvidence()), Math::max);
    }
    return true;
  }

  /** log10 of the fused evidence of the caller detectors, each weighing one part in {@code of}. */
  double caller(int of) {
    double[] weights = new double[callers.size() + 1];
    double[] logs = new double[callers.size() + 1];
    int i = 0;
    for (double log10 : callers.values()) {
      weights[i] = 1.0 / of;
      logs[i++] = log10 * Math.log(10);
    }
    weights[i] = Math.max(0, 1 - i * (1.0 / of));
    logs[i] = -700; // the silent ones
    return Fusion.logMean(weights, logs) / Math.log(10);
  }

  /** Largest log10 evidence among cells and models. */
  double other() {
    return others.values().stream().mapToDouble(d -> d).max().orElse(0);
  }

  boolean isEmpty() {
    return callers.isEmpty() && others.isEmpty();
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
    Ledger ledger = new Ledger();
    ledger.day = in.readLong();
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
    return 200 + 120 * (callers.size() + others.size());
  }
}
