package io.vedette.detect;

/** How a row lies to the caller's last rows: facts that several detectors bet on. */
public final class Geometry {

  /*
   * Method. All tests are invariant under linear maps, so they hold on projections as well.
   *
   * - bisection step: the step continues the line of the previous step (|cos| > 0.999) and either
   *   halves it (ratio 0.5 +- 0.01) or lands inside the tightest bracket of opposite labels. A
   *   single such step happens to anyone who moves on a grid; so only the second and later ones in
   *   a row count as hits.
   *   Where inputs are whole numbers or categories, rows lie beside the line by their rounding: then
   *   the same is asked of the fine coordinates alone, three at least (RoundedLine), or whether the
   *   step is half of the last one in all numbers at once (RoundedHalf).
   * - sweep: exactly one coordinate differs from one of the last four rows.
   * - descent: two pairs x + h e_i, x - h e_i along different coordinates, between which the centre
   *   moved along the first one, as coordinate-wise gradient estimates do [4]. A sensitivity
   *   analysis makes such pairs too, but its centre stays.
   * - antithetic pair: the midpoint of this and the previous row equals the midpoint of the two
   *   rows before, or an earlier row (NES, ZOO, SPSA probe x + u and x - u) [2].
   *
   * Cost per row: about 25 dot products of the manifold's dimension, no allocation.
   * Blind spots: probes sent in random order, or through several accounts (cells see those).
   *
   * [1] Chen, Jordan, Wainwright: HopSkipJumpAttack, S&P 2020, https://arxiv.org/abs/1904.02144
   * [2] Ilyas et al.: Black-box Adversarial Attacks with Limited Queries and Information, ICML
   *     2018, https://arxiv.org/abs/1804.08598
   * [4] Chen et al.: ZOO, AISec 2017, https://arxiv.org/abs/1708.03999
   * [3] Tramer et al.: Stealing Machine Learning Models via Prediction APIs, USENIX Security 2016,
   *     https://arxiv.org/abs/1609.02943
   */

  private static final float COSINE = 0.999f;
  private static final float SAME = 1e-6f; // relative difference below which coordinates are equal

  private final RoundedLine line = new RoundedLine();
  private boolean rounded; // the line is one but for rounding
  private boolean onLine;
  private boolean halving;
  private boolean half; // known by the rounding of its numbers
  private boolean bracketed;
  private boolean axis;
  private boolean sweep;
  private boolean antithetic;
  private boolean descent;

  /** True when the row is a bisection step: on the previous line, halving or bracketing. */
  public boolean bisectionStep() {
    return onLine && (halving || bracketed);
  }

  /**
   * True when the row lies on its line as far as numbers tell: not beside it by their rounding,
   * which puts many rows at one distance from it.
   */
  boolean isExact() {
    return !half;
  }

  /** True when the last step changed exactly one coordinate; false on projections. */
  public boolean axis() {
    return axis;
  }

  /** True when exactly one coordinate differs from one of the last four rows. */
  public boolean sweep() {
    return sweep;
  }

  /** True when the row mirrors the previous one about a known centre. */
  public boolean antithetic() {
    return antithetic;
  }

  /**
   * True when the row completes a pair along one coordinate, after a step along that of the last.
   */
  public boolean descent() {
    return descent;
  }

  /** Measures a row that has not been added to the history yet. */
  void measure(float[] x, int label, History history, Grain grain) {
    onLine = false;
    rounded = false;
    halving = false;
    half = false;
    bracketed = false;
    axis = false;
    sweep = false;
    antithetic = false;
    descent = false;
    if (history.size() == 0) {
      return;
    }
    float[] p = history.points();
    int n = history.dimensions();
    if (grain.direct()) {
      axis = differing(x, p, history.offset(0), n) == 1;
      sweep = axis;
      for (int back = 1; !sweep && back < Math.min(4, history.size()); back++) {
        sweep = differing(x, p, history.offset(back), n) == 1;
      }
    }
    if (history.size() >= 2) {
      step(x, p, history, n);
      if (!onLine && grain.isCoarse()) {
        roundedStep(x, p, history, grain);
      }
      if (!(onLine && halving) && grain.isCoarse()) {
        half = RoundedHalf.measure(x, p, history.offset(0), history.offset(1), grain);
        halving = half;
        onLine |= half;
      }
      bracketed = onLine && label != 0 && bracket(x, p, history, n, grain);
    }
    if (axis && history.size() >= 3) {
      descent = descends(x, p, history, n);
    }
    if (!axis && history.size() >= 3) {
      antithetic = mirrored(x, p, history, n);
    }
  }

  /**
   * The four newest points are a - h e_i, a + h e_i, b - h e_j, b + h e_j with i unlike j, and b -
   * a is not zero along i alone.
   */
  private static boolean descends(float[] x, float[] p, History history, int n) {
    int now = history.offset(0);
    int b = history.offset(1);
    int c = history.offset(2);
    if (differing(p, b, p, c, n) != 1) {
      return false;
    }
    boolean moved = false;
    for (int i = 0; i < n; i++) {
      float apart = Math.abs(p[b + i] - p[c + i]);
      float centres = Math.abs(x[i] + p[now + i] - p[b + i] - p[c + i]) / 2;
      float same = SAME * (1 + Math.abs(x[i]));
      if (apart > same) {
        if (Math.abs(x[i] - p[now + i]) > same) {
          return false; // both pairs along one coordinate: a slider
        }
        moved = centres > same;
      } else if (centres > 10 * same) {
        return false;
      }
    }
    return moved;
  }

  private static int differing(float[] x, float[] p, int at, int n) {
    return differing(x, 0, p, at, n);
  }

  private static int differing(float[] x, int from, float[] p, int at, int n) {
    int differing = 0;
    for (int i = 0; i < n && differing < 2; i++) {
      float d = Math.abs(x[from + i] - p[at + i]);
      if (d > SAME * (1 + Math.abs(x[from + i]))) {
        differing++;
      }
    }
    return differing;
  }

  private void step(float[] x, float[] p, History history, int n) {
    int a = history.offset(0);
    int b = history.offset(1);
    float dot = 0;
    float now = 0;
    float before = 0;
    for (int i = 0; i < n; i++) {
      float s = x[i] - p[a + i];
      float t = p[a + i] - p[b + i];
      dot += s * t;
      now += s * s;
      before += t * t;
    }
    if (now < 1e-9f || before < 1e-9f) {
      return; // below the precision of the coordinates
    }
    onLine = dot * dot > COSINE * COSINE * now * before;
    float ratio = now / before; // squared
    halving = ratio > 0.49f * 0.49f && ratio < 0.51f * 0.51f;
  }

  private void roundedStep(float[] x, float[] p, History history, Grain grain) {
    line.measure(x, p, history.offset(0), history.offset(0), history.offset(1), grain);
    rounded = line.isOne();
    onLine = rounded;
    halving = rounded && line.isHalf();
  }

  /** The newest point is one end; the other the nearest point beyond x, of another label. */
  private boolean bracket(float[] x, float[] p, History history, int n, Grain grain) {
    int a = history.offset(0);
    int nearest = -1;
    float nearestT = 0;
    for (int back = 1; back < history.size(); back++) {
      float t =
          rounded
              ? roundedShare(x, p, a, history.offset(back), grain)
              : share(x, p, a, history.offset(back), n);
      if (t <= 0) {
        continue;
      }
      if (nearest < 0 || t > nearestT) {
        nearest = back; // the larger t, the nearer this end lies
        nearestT = t;
      }
    }
    return nearest >= 0
        && nearestT > 0.3f
        && nearestT < 0.7f
        && history.label(nearest) != 0
        && history.label(nearest) != history.label(0);
  }

  /** How far x lies from one point to another, 0..1 and more; 0 when not on the line. */
  private static float share(float[] x, float[] p, int a, int b, int n) {
    float uv = 0;
    float uu = 0;
    float vv = 0;
    for (int i = 0; i < n; i++) {
      float u = x[i] - p[a + i];
      float v = p[b + i] - p[a + i];
      uv += u * v;
      uu += u * u;
      vv += v * v;
    }
    return uv <= 0 || uv * uv < COSINE * COSINE * uu * vv ? 0 : uv / vv;
  }

  private float roundedShare(float[] x, float[] p, int a, int b, Grain grain) {
    line.measure(x, p, a, b, a, grain);
    return line.isOne() ? line.share() : 0;
  }

  private static boolean mirrored(float[] x, float[] p, History history, int n) {
    int a = history.offset(0);
    int b = history.offset(1);
    int c = history.offset(2);
    float pairs = 0;
    float span = 0;
    for (int i = 0; i < n; i++) {
      float sum = x[i] + p[a + i];
      float d = sum - p[b + i] - p[c + i];
      float s = x[i] - p[a + i];
      pairs += d * d;
      span += s * s;
    }
    float tolerance = 1e-4f * span; // squared: a hundredth of the step
    if (span < 1e-9f) {
      return false;
    }
    if (pairs < tolerance) {
      return true;
    }
    for (int back = 1; back < history.size(); back++) {
      int m = history.offset(back);
      float off = 0;
      for (int i = 0; i < n && off < tolerance; i++) {
        float d = x[i] + p[a + i] - 2 * p[m + i];
        off += d * d;
      }
      if (off < tolerance) {
        return true;
      }
    }
    return false;
  }
}
