package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;

/** The people, payments or pictures that honest callers ask about. */
public interface Population {

  /** Its name. */
  String name();

  /** Features per row. */
  int features();

  /** Shape of a row, {@code {d}} for a table, {@code {height, width}} for an image. */
  int[] shape();

  /** Number of true classes. */
  int classes();

  /** Number of sub-populations that rows are drawn from. */
  int components();

  /** A row of one sub-population, 0-based. */
  Row draw(Rng rng, int component);

  /** A row of a sub-population drawn by weight. */
  Row draw(Rng rng);

  /** Whether a feature takes only whole numbers. */
  boolean whole(int feature);

  /** Independent rows. */
  default List<Row> sample(Rng rng, int rows) {
    List<Row> result = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      result.add(draw(rng));
    }
    return result;
  }
}
