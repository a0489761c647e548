package io.vedette.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * How near two rows of one caller must lie, so that they are hardly near by chance, and how often
 * the model answers differently so near.
 *
 * @param squared squared radius in the manifold
 * @param contest largest benign share of rows in a neighbourhood whose label differs, 0.1..0.45
 */
record Neighbourhood(float squared, float contest) {

  /*
   * Where clean traffic is dense, rows that nobody derived from one another lie near one another:
   * healthy patients, ones among the digits, people of one trade. A fixed share of the usual
   * distance takes them for the steps of a search. So the radius is taken from the clean rows: about
   * nineteen in twenty of them at most one in twenty of the clean rows with the same label lies
   * within it. The label stands for callers who ask about one kind of row only.
   *
   * Labels differ among neighbours where classes overlap. Taken is what nineteen in twenty clean
   * rows do not exceed, or half more than the average, whichever is more: where few rows have
   * neighbours only the average is known.
   *
   * Cost: 200 distances per clean row, when a baseline is built.
   */

  private static final int CENTRES = 200;
  private static final double CHANCE = 0.05; // of a row of the same label to lie within the radius
  private static final double EXCEPTIONS = 0.05; // centres about which more of them do
  private static final int FEWEST = 10; // rows of a label that say something about it
  private static final int NEIGHBOURS = 8; // that say something of a centre's labels
  private static final float LEAST_CONTEST = 0.1f;
  private static final float MOST_CONTEST = 0.45f;

  /**
   * Looks at the clean rows.
   *
   * @param g their points, {@code float[rows][n]}
   * @param least squared radius, at least
   * @param most squared radius, unless that is less than {@code least}; the answer when no label
   *     has ten rows
   */
  static Neighbourhood of(float[][] g, List<CleanRow> rows, float least, float most) {
    int stride = Math.max(1, g.length / CENTRES);
    float radius = Math.max(least, radius(g, rows, stride, most));
    double[] shares = new double[g.length / stride + 1];
    int known = 0;
    long pairs = 0;
    long differ = 0;
    for (int c = 0; c < g.length; c += stride) {
      int near = 0;
      int others = 0;
      for (int r = 0; r < g.length; r++) {
        float apart = Vectors.squaredDistance(g[c], g[r]);
        if (apart > 0 && apart < radius) {
          near++;
          others += rows.get(r).label() == rows.get(c).label() ? 0 : 1;
        }
      }
      pairs += near;
      differ += others;
      if (near >= NEIGHBOURS) {
        shares[known++] = Math.min(others, near - others) / (double) near;
      }
    }
    Arrays.sort(shares, 0, known);
    double worst = known == 0 ? 0 : shares[(int) ((1 - EXCEPTIONS) * known)];
    double average = 1.5 * (differ + 2.0) / (pairs + 20.0);
    double contest = Math.max(worst, average);
    return new Neighbourhood(
        radius, (float) Math.min(MOST_CONTEST, Math.max(LEAST_CONTEST, contest)));
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
