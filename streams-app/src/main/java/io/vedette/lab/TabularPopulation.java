package io.vedette.lab;

/**
 * A mixture of correlated Gaussians behind columns of the kinds that business tables have: skewed
 * money, whole ages and counts, mostly-zero amounts, flags and rates, on very different scales.
 */
public final class TabularPopulation implements Population {

  private static final int FACTORS = 3; // shared causes behind the correlation
  private static final double COMMON = 0.5; // share of a column's variance that factors cause

  /** What decides the true class of a row. */
  public enum Labels {
    /** The sub-population, alternating: several islands per class. */
    SEGMENT,
    /** A noisy, slightly curved score of the hidden values: one smooth frontier, two classes. */
    SCORE,
    /** The same with so much noise that the best model is right in 4 of 5 rows. */
    NOISY_SCORE
  }

  /** What a column looks like. */
  private enum Kind {
    MONEY,
    AGE,
    NORMAL,
    RATE,
    COUNT,
    MOSTLY_ZERO,
    FLAG
  }

  private static final Kind[] CYCLE = {
    Kind.AGE,
    Kind.MONEY,
    Kind.RATE,
    Kind.NORMAL,
    Kind.COUNT,
    Kind.NORMAL,
    Kind.MOSTLY_ZERO,
    Kind.MONEY,
    Kind.RATE,
    Kind.FLAG
  };

  private record Column(Kind kind, double place, double scale) {}

  private final String name;
  private final int classes;
  private final Labels labels;
  private final Column[] columns;
  private final double[][] centres; // [component][d]
  private final double[][] loadings; // [d][FACTORS], unit rows
  private final double[] cumulative; // weights of the components, last is 1
  private final double[] slope; // of the score, unit
  private final double shrink; // brings the mixture's columns back to about unit variance

  /**
   * A population.
   *
   * @param seed chooses centres, correlations, scales and frontier
   * @param d features, at least 5
   * @param components sub-populations
   * @param classes classes; 2 for scores
   * @param spread standard deviation of the centres; 1.2 keeps the islands apart at d = 20
   */
  public TabularPopulation(
      String name, long seed, int d, int components, int classes, double spread, Labels labels) {
    Rng rng = new Rng(seed);
    this.name = name;
    this.classes = classes;
    this.labels = labels;
    this.columns = new Column[d];
    this.loadings = new double[d][];
    for (int i = 0; i < d; i++) {
      columns[i] = column(CYCLE[i % CYCLE.length], rng);
      loadings[i] = rng.direction(FACTORS);
    }
    this.centres = new double[components][];
    this.cumulative = new double[components];
    double total = 0;
    for (int k = 0; k < components; k++) {
      centres[k] = Vec.plus(new double[d], spread, rng.gaussians(d));
      total += 0.5 + rng.uniform();
      cumulative[k] = total;
    }
    for (int k = 0; k < components; k++) {
      cumulative[k] = k == components - 1 ? 1 : cumulative[k] / total;
    }
    this.slope = rng.direction(d);
    this.shrink = 1 / Math.sqrt(1 + spread * spread);
  }

  private static Column column(Kind kind, Rng rng) {
    double u = rng.uniform();
    return switch (kind) {
      case MONEY -> new Column(kind, 7 + 4 * u, 0.4 + 0.4 * rng.uniform());
      case AGE -> new Column(kind, 40 + 10 * u, 13);
      case NORMAL -> new Column(kind, 200 * (u - 0.5), StrictMath.pow(10, rng.uniform(-2, 3)));
      case RATE -> new Column(kind, 4 * (u - 0.5), 1.5);
      case COUNT -> new Column(kind, 0.5 + u, 0.7);
      case MOSTLY_ZERO -> new Column(kind, 0.2 + 0.6 * u, 300);
      case FLAG -> new Column(kind, 1.2 * (u - 0.5), 1);
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return columns.length;
  }

  @Override
  public int[] shape() {
    return new int[] {columns.length};
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int components() {
    return centres.length;
  }

  @Override
  public boolean whole(int feature) {
    Kind kind = columns[feature].kind();
    return kind == Kind.AGE || kind == Kind.COUNT || kind == Kind.FLAG || kind == Kind.MONEY;
  }

  @Override
  public Row draw(Rng rng) {
    double u = rng.uniform();
    int component = 0;
    while (u >= cumulative[component]) {
      component++;
    }
    return draw(rng, component);
  }

  @Override
  public Row draw(Rng rng, int component) {
    int d = columns.length;
    double[] factors = rng.gaussians(FACTORS);
    double[] hidden = new double[d];
    float[] x = new float[d];
    for (int i = 0; i < d; i++) {
      double own = Math.sqrt(1 - COMMON) * rng.gaussian();
      double shared = Math.sqrt(COMMON) * Vec.dot(loadings[i], factors);
      hidden[i] = (centres[component][i] + own + shared) * shrink;
      x[i] = (float) visible(columns[i], hidden[i]);
    }
    int label = labels == Labels.SEGMENT ? component % classes : score(hidden, rng);
    return new Row(x, label);
  }

  private int score(double[] hidden, Rng rng) {
    double noise = labels == Labels.NOISY_SCORE ? 0.8 : 0.1;
    double curve = 0.15 * (hidden[0] * hidden[1] - hidden[2] * hidden[3]);
    return Vec.dot(slope, hidden) + curve + noise * rng.gaussian() > 0 ? 1 : 0;
  }

  private static double visible(Column column, double z) {
    double place = column.place();
    double scale = column.scale();
    return switch (column.kind()) {
      case MONEY -> StrictMath.rint(StrictMath.exp(place + scale * z));
      case AGE -> Math.max(18, Math.min(90, StrictMath.rint(place + scale * z)));
      case NORMAL -> place + scale * z;
      case RATE -> 1 / (1 + StrictMath.exp(-place - scale * z));
      case COUNT -> StrictMath.floor(StrictMath.exp(place + scale * z));
      case MOSTLY_ZERO ->
          z < place ? 0 : StrictMath.rint(100 * scale * StrictMath.expm1(z - place)) / 100;
      case FLAG -> z > place ? 1 : 0;
    };
  }
}
