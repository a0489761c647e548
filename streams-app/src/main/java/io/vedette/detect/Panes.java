package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.baseline.Histogram;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts rows per model until a pane is full, so that little crosses partitions.
 *
 * <p>A caller may fill a pane only up to half more than its share of the clean traffic, or an
 * eighth if that is more; where known callers made most of the clean traffic, all others together
 * may add half more than their share of it, or a twentieth. The rest is counted apart. So one
 * caller's batch job, an attacker or a new tenant is not mistaken for a drift of the model's
 * inputs.
 */
final class Panes {

  static final int MOST_ROWS = 512;
  static final long SPAN_MICROS = 10_000_000;

  private static final int MOST_COLUMNS = 128;
  private static final int MEMORY = 1024; // rows over which shares are kept
  private static final int SLACK = 16;
  private static final float LEAST_SHARE = 0.125f;
  private static final float LEAST_UNKNOWN = 0.05f;
  private static final float MOST_KNOWN = 0.5f; // clean share of the 64 busiest callers
  private static final long UNKNOWN = 0; // stands for all callers that the clean traffic had not

  private final Map<String, Pane> panes = new LinkedHashMap<>();

  private static final class Pane {
    private final Baseline baseline;
    private final int stride;
    private int[][] counts;
    private int rows;
    private int excess;
    private long firstMicros;
    private long lastMicros;
    private final Long2IntOpenHashMap admitted = new Long2IntOpenHashMap();
    private int admittedRows;
    private final float unknownShare;

    Pane(Baseline baseline) {
      this.baseline = baseline;
      float known = 0;
      for (float share : baseline.callerShares().values()) {
        known += share;
      }
      this.unknownShare = known < MOST_KNOWN ? 1 : Math.max(1.5f * (1 - known), LEAST_UNKNOWN);
      this.stride = stride(baseline.columns().size());
      this.counts = empty();
    }

    int[][] empty() {
      int columns = baseline.columns().size();
      int[][] empty = new int[(columns + stride - 1) / stride + 2][];
      for (int c = 0; c < empty.length - 2; c++) {
        empty[c] = new int[baseline.columns().get(c * stride).bins()];
      }
      empty[empty.length - 2] = new int[baseline.labels().bins()];
      empty[empty.length - 1] = new int[baseline.confidences().bins()];
      return empty;
    }

    private boolean admit(long who, float cap) {
      int own = admitted.get(who);
      if (own >= SLACK && own >= cap * admittedRows) {
        return false;
      }
      admitted.put(who, own + 1);
      return true;
    }

    boolean admit(long caller) {
      Float share = baseline.callerShares().get(caller);
      if (share == null && unknownShare < 1) {
        if (!admit(UNKNOWN, unknownShare)) {
          return false;
        }
      } else if (!admit(caller, Math.max(share == null ? 0 : 1.5f * share, LEAST_SHARE))) {
        return false;
      }
      if (++admittedRows >= MEMORY) {
        admittedRows = 0;
        for (Long2IntMap.Entry e : admitted.long2IntEntrySet()) {
          e.setValue(e.getIntValue() / 2);
          admittedRows += e.getIntValue();
        }
        admitted.long2IntEntrySet().removeIf(e -> e.getIntValue() == 0);
      }
      return true;
    }
  }

  /** Every how many columns one is counted, so that wide inputs stay cheap. */
  static int stride(int columns) {
    return Math.max(1, (columns + MOST_COLUMNS - 1) / MOST_COLUMNS);
  }

  /** Counts one row; emits the pane when it is full or old. */
  void add(
      Baseline baseline,
      int[] bins,
      long caller,
      long label,
      float confidence,
      long timeMicros,
      Consumer<ModelUpdate> out) {
    String key = baseline.modelKey();
    Pane pane = panes.get(key);
    if (pane != null && !pane.baseline.calibrationId().equals(baseline.calibrationId())) {
      pane = null; // the old bins mean nothing to the new baseline
    }
    if (pane == null) {
      pane = new Pane(baseline);
      panes.put(key, pane);
    }
    if (pane.rows > 0 && timeMicros - pane.firstMicros >= SPAN_MICROS) {
      emit(pane, out);
    }
    if (pane.rows + pane.excess == 0) {
      pane.firstMicros = timeMicros;
      pane.lastMicros = timeMicros;
    }
    pane.lastMicros = Math.max(pane.lastMicros, timeMicros);
    if (!pane.admit(caller)) {
      pane.excess++;
      return;
    }
    int columns = pane.counts.length - 2;
    for (int c = 0; c < columns; c++) {
      pane.counts[c][bins[c * pane.stride]]++;
    }
    Histogram labels = baseline.labels();
    pane.counts[columns][label == Long.MIN_VALUE ? labels.missingBin() : labels.bin(label)]++;
    pane.counts[columns + 1][baseline.confidences().bin(confidence)]++;
    if (++pane.rows >= MOST_ROWS) {
      emit(pane, out);
    }
  }

  /** Emits what has been counted, before a commit. */
  void drain(Consumer<ModelUpdate> out) {
    for (Pane pane : panes.values()) {
      if (pane.rows > 0) {
        emit(pane, out);
      }
    }
  }

  private static void emit(Pane pane, Consumer<ModelUpdate> out) {
    Baseline b = pane.baseline;
    out.accept(
        new PaneDelta(
            b.model(),
            b.version(),
            b.calibrationId(),
            pane.firstMicros,
            pane.lastMicros,
            pane.rows,
            pane.excess,
            pane.counts));
    pane.counts = pane.empty();
    pane.rows = 0;
    pane.excess = 0;
  }
}
