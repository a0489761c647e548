package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows like those of a data set: for tables each lies between two neighbours of one class (Chawla
 * et al., SMOTE, JAIR 2002), whole features take the value of either; pictures are moved by a pixel
 * at most and lit a little differently. So no row comes twice by chance, as it would when a small
 * file is asked for thousands of rows.
 */
public final class DataPopulation implements Population {

  private static final int CANDIDATES = 12; // rows of which the nearest is the neighbour
  private static final double LIGHT = 0.05;

  private final String name;
  private final int[] shape;
  private final List<List<Row>> classes;
  private final List<Row> rows;
  private final Spread spread;
  private final boolean[] whole;

  /**
   * A population.
   *
   * @param rows at least two of each class; pictures have grey values 0..1
   * @param shape {@code {d}} for tables, {@code {height, width}} for pictures
   */
  public DataPopulation(String name, List<Row> rows, int... shape) {
    this.name = name;
    this.shape = shape.clone();
    this.rows = List.copyOf(rows);
    this.spread = Spread.of(rows);
    this.classes = new ArrayList<>();
    for (Row row : rows) {
      while (classes.size() <= row.label()) {
        classes.add(new ArrayList<>());
      }
      classes.get(row.label()).add(row);
    }
    this.whole = new boolean[rows.get(0).x().length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = isWhole(i);
    }
  }

  private boolean isWhole(int feature) {
    for (Row row : rows) {
      float v = row.x()[feature];
      if (v != StrictMath.rint(v)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return whole.length;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int classes() {
    return classes.size();
  }

  @Override
  public int components() {
    return classes.size();
  }

  @Override
  public boolean whole(int feature) {
    return whole[feature];
  }

  @Override
  public Row draw(Rng rng) {
    return like(rows.get(rng.below(rows.size())), rng);
  }

  @Override
  public Row draw(Rng rng, int component) {
    List<Row> of = classes.get(component);
    return like(of.get(rng.below(of.size())), rng);
  }

  private Row like(Row row, Rng rng) {
    return shape.length > 1 ? moved(row, rng) : between(row, neighbour(row, rng), rng);
  }

  private Row neighbour(Row row, Rng rng) {
    List<Row> of = classes.get(row.label());
    Row nearest = row;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < CANDIDATES; c++) {
      Row other = of.get(rng.below(of.size()));
      double apart = 0;
      for (int i = 0; i < whole.length; i++) {
        double step = (row.x()[i] - other.x()[i]) / spread.sd()[i];
        apart += step * step;
      }
      if (apart > 0 && apart < least) {
        least = apart;
        nearest = other;
      }
    }
    return nearest;
  }

  private Row between(Row a, Row b, Rng rng) {
    float[] x = new float[whole.length];
    double share = rng.uniform();
    for (int i = 0; i < x.length; i++) {
      double v =
          whole[i]
              ? (rng.chance(share) ? b.x()[i] : a.x()[i])
              : a.x()[i] + share * (b.x()[i] - a.x()[i]);
      x[i] = (float) v;
    }
    return new Row(x, a.label());
  }

  private Row moved(Row row, Rng rng) {
    int height = shape[0];
    int width = shape[1];
    int down = rng.below(3) - 1;
    int right = rng.below(3) - 1;
    double light = 1 + rng.uniform(-LIGHT, LIGHT);
    float[] x = new float[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int fromRow = r - down;
        int fromColumn = c - right;
        boolean inside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
        float v = inside ? row.x()[fromRow * width + fromColumn] : 0;
        x[r * width + c] = ImagePopulation.grey(v * light);
      }
    }
    return new Row(x, row.label());
  }
}
