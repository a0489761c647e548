package io.vedette.detect;

import io.vedette.baseline.Baseline;
import io.vedette.core.CallerId;
import io.vedette.core.Exchange;
import io.vedette.core.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects the first rows of callers that are new to a model, whose accounts may be one sender's:
 * alone none of them says enough.
 */
final class Cohorts {

  /** Exchanges of a caller with a model after which it is not new any more. */
  static final int YOUNG = 48;

  private final Map<String, Open> open = new LinkedHashMap<>();

  private static final class Open {
    private final Baseline baseline;
    private final List<CohortDelta.Member> rows = new ArrayList<>(CohortDelta.MOST_ROWS);
    private long timeMicros = Long.MIN_VALUE;

    Open(Baseline baseline) {
      this.baseline = baseline;
    }
  }

  /** Takes a row; emits the model's rows when there are enough. */
  void add(
      Baseline baseline,
      Exchange exchange,
      boolean novel,
      boolean scattered,
      Consumer<ModelUpdate> out) {
    String key = baseline.modelKey();
    Open rows = open.get(key);
    if (rows == null || !rows.baseline.calibrationId().equals(baseline.calibrationId())) {
      rows = new Open(baseline);
      open.put(key, rows);
    }
    CallerId caller = exchange.caller();
    Sample sample = novel || scattered ? new Sample(exchange.requestId(), exchange.origin()) : null;
    rows.rows.add(new CohortDelta.Member(caller, novel, scattered, sample));
    rows.timeMicros = Math.max(rows.timeMicros, exchange.timeMicros());
    if (rows.rows.size() == CohortDelta.MOST_ROWS) {
      emit(rows, out);
    }
  }

  /** Emits what has been collected, before a commit. */
  void drain(Consumer<ModelUpdate> out) {
    open.values().forEach(rows -> emit(rows, out));
  }

  private static void emit(Open rows, Consumer<ModelUpdate> out) {
    if (rows.rows.isEmpty()) {
      return;
    }
    Baseline b = rows.baseline;
    out.accept(
        new CohortDelta(
            b.model(), b.version(), b.calibrationId(), rows.timeMicros, List.copyOf(rows.rows)));
    rows.rows.clear();
    rows.timeMicros = Long.MIN_VALUE;
  }
}
