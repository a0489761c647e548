package io.vedette.baseline;

import java.util.Arrays;
import java.util.List;

/** How near two rows of one caller must lie, so that they are hardly near by chance. */
final class Neighbourhood {

  /*
   * Where clean traffic is dense, rows that nobody derived from one another lie near one another:
   * healthy patients, ones among the digits, people of one trade. A fixed share of the usual
   * distance takes them for the steps of a search. So the radius is taken from the clean rows: about
   * nineteen in twenty of them at most one in twenty of the clean rows with the same label lies
   * within it. The label stands for callers who ask about one kind of row only.
   *
   * Cost: 200 distances per clean row, when a baseline is built.
   */

  private static final int CENTRES = 200;
  private static final double CHANCE = 0.05; // of a row of the same label to lie within the radius
  private static final double EXCEPTIONS = 0.05; // centres about which more of them do
  private static final int FEWEST = 10; // rows of a label that say something about it

  private Neighbourhood() {}

  /**
   * Squared radius.
   *
   * @param g their points, {@code float[rows][n]}
   * @param least squared radius, at least
   * @param most squared radius, unless that is less than {@code least}; the answer when no label
   *     has ten rows
   */
  static float of(float[][] g, List<CleanRow> rows, float least, float most) {
    return Math.max(least, radius(g, rows, Math.max(1, g.length / CENTRES), most));
  }

  private static float radius(float[][] g, List<CleanRow> rows, int stride, float most) {
    float[] radii = new float[g.length / stride + 1];
    int centres = 0;
    float[] apart = new float[g.length];
    for (int c = 0; c < g.length; c += stride) {
      int others = 0;
      for (int r = 0; r < g.length; r++) {
        if (rows.get(r).label() == rows.get(c).label()) {
          float squared = Vectors.squaredDistance(g[c], g[r]);
          apart[others] = squared;
          others += squared > 0 ? 1 : 0; // repeats say nothing of how near different rows lie
        }
      }
      if (others >= FEWEST) {
        Arrays.sort(apart, 0, others);
        radii[centres++] = apart[(int) (CHANCE * others)];
      }
    }
    if (centres == 0) {
      return most;
    }
    Arrays.sort(radii, 0, centres);
    return Math.min(most, radii[(int) (EXCEPTIONS * centres)]);
  }
}
