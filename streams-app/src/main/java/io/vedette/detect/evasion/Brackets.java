package io.vedette.detect.evasion;

import io.vedette.detect.CellSighting;

/** Whether a row lies on the line between two members of a cell that got opposite labels. */
final class Brackets {

  private static final float OFF_LINE = 0.02f; // of the segment's length
  private static final float SHORTEST = 24; // sketch units, below which rounding decides

  private Brackets() {}

  static boolean bracketed(CellMembers members, CellSighting seen) {
    int n = members.size();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (members.label(i) != members.label(j) && between(members, i, j, seen.sketch())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean between(CellMembers members, int i, int j, short[] x) {
    float uu = 0;
    float uv = 0;
    float vv = 0;
    for (int c = 0; c < CellMembers.SKETCH; c++) {
      // Sketches wrap around; the difference of two shorts does not.
      float u = (short) (x[c] - members.sketch(i, c));
      float v = (short) (members.sketch(j, c) - members.sketch(i, c));
      uu += u * u;
      uv += u * v;
      vv += v * v;
    }
    if (vv < SHORTEST * SHORTEST) {
      return false;
    }
    float t = uv / vv;
    return t > 0.3f && t < 0.7f && uu - t * uv < OFF_LINE * OFF_LINE * vv;
  }
}
