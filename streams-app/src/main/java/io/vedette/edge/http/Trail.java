package io.vedette.edge.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Evidence of one detector against one caller over time: at most 48 points. When they are full, the
 * gap between points is doubled until half of them remain, so the whole time stays in view.
 * Immutable.
 *
 * @param findings findings seen
 * @param peak highest log10 of the e-value
 * @param gapMicros least time between two points but the last
 * @param points in order of time
 */
record Trail(long findings, double peak, long gapMicros, List<Point> points) {

  private static final int MOST = 48;

  /** Evidence at one time. */
  record Point(long timeMicros, double logEvidence, double score) {}

  static Trail of(Point point) {
    return new Trail(1, point.logEvidence(), 0, List.of(point));
  }

  Trail plus(Point point) {
    List<Point> all = new ArrayList<>(points);
    append(all, point, gapMicros);
    long gap = gapMicros;
    if (all.size() > MOST) {
      long span = all.get(all.size() - 1).timeMicros() - all.get(0).timeMicros();
      gap = Math.max(Math.max(1, gapMicros * 2), span / (MOST / 2));
      List<Point> fewer = new ArrayList<>();
      for (Point p : all) {
        append(fewer, p, gap);
      }
      all = fewer;
    }
    return new Trail(findings + 1, Math.max(peak, point.logEvidence()), gap, List.copyOf(all));
  }

  /** Adds the point; it takes the place of the last one when that is close to the one before. */
  private static void append(List<Point> points, Point point, long gap) {
    int size = points.size();
    if (size > 1 && points.get(size - 1).timeMicros() - points.get(size - 2).timeMicros() < gap) {
      points.set(size - 1, point);
    } else {
      points.add(point);
    }
  }
}
