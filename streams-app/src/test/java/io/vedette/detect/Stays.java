package io.vedette.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Rows of stays, and what the search measures of each of them. */
final class Stays {

  static final int D = 16;

  private Stays() {}

  /** One row and its answer. */
  record Asked(float[] x, int label, float confidence) {}

  /** What was measured of one row. */
  record Seen(
      int place,
      boolean lowTrial,
      boolean lowReturn,
      boolean highTrial,
      boolean highReturn,
      boolean sameRadius,
      boolean sameRay,
      List<Boolean> trials,
      List<Boolean> records,
      List<Float> approaches,
      int anchors,
      int bisections,
      boolean passedBy,
      boolean elsewhere,
      boolean reached) {

    static Seen of(Search s) {
      return new Seen(
          s.place(),
          s.lowTrial(),
          s.lowReturn(),
          s.highTrial(),
          s.highReturn(),
          s.approach().sameRadius(),
          s.approach().sameRay(),
          List.of(s.approach().recordTrial(0), s.approach().recordTrial(1)),
          List.of(s.approach().record(0), s.approach().record(1)),
          List.of(s.approach().left(0), s.approach().left(1)),
          s.approach().anchors(),
          s.bisectionRun(),
          s.passedBy(),
          s.isElsewhere(),
          s.reached());
    }
  }

  /** Rows of a search that lowers the probability of label 1, step by step. */
  static List<Asked> simba(long seed, int queries) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] best = new float[D];
    best[0] = 1.5f;
    best[1] = 1.5f;
    List<Asked> rows = new ArrayList<>(List.of(answered(best)));
    float lowest = yes(best);
    while (rows.size() < queries) {
      float[] q = unit(CleanModel.row(D, random));
      for (float step : new float[] {0.1f, -0.1f}) {
        float[] x = plus(best, q, step);
        rows.add(answered(x));
        if (yes(x) < lowest) {
          lowest = yes(x);
          best = x;
          break;
        }
      }
    }
    return rows;
  }

  static float yes(float[] x) {
    return CleanModel.answer(x).probabilities()[0];
  }

  static Asked answered(float[] x) {
    float p = yes(x);
    return new Asked(x, p > 0.5f ? 1 : 2, Math.max(p, 1 - p));
  }

  static List<Seen> measure(List<Asked> rows) {
    return measure(rows, i -> false);
  }

  /** As the engine does it; the state is written and read before some rows. */
  static List<Seen> measure(List<Asked> rows, IntFunction<Boolean> reread) {
    float[] directions = CellEpoch.gaussians(1, Mirror.PROJECTIONS * rows.get(0).x().length, 1);
    Search search = new Search();
    History history = new History(rows.get(0).x().length);
    float radius = 0.4f * rows.get(0).x().length; // squared, as the engine's
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (reread.apply(i)) {
        search = CleanModel.reread(search, Search::read);
      }
      Asked row = rows.get(i);
      history.look(row.x());
      search.measure(row.x(), row.label(), row.confidence(), radius, history, directions);
      search.follow(row.x(), row.label(), i % 5 > 1);
      history.add(row.x(), row.label());
      seen.add(Seen.of(search));
    }
    return seen;
  }

  interface Fact {
    boolean of(Seen seen);
  }

  static long count(List<Seen> seen, Fact fact) {
    return seen.stream().filter(fact::of).count();
  }

  static double share(List<Seen> seen, Fact hit, Fact trial) {
    return (double) count(seen, hit) / count(seen, trial);
  }

  static List<Integer> indices(List<Seen> seen, Fact fact) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (fact.of(seen.get(i))) {
        indices.add(i);
      }
    }
    return indices;
  }

  static float[] plus(float[] x, float[] u, float times) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + times * u[i];
    }
    return y;
  }

  static float[] unit(float[] x) {
    double length = 0;
    for (float v : x) {
      length += v * v;
    }
    return plus(new float[x.length], x, (float) (1 / Math.sqrt(length)));
  }
}
