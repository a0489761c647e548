package io.vedette.lab;

import io.vedette.core.ModelRef;

/** A trained model behind an endpoint; deterministic. */
public interface Victim {

  /** What it is served as. */
  ModelRef model();

  /** Features per row. */
  int features();

  /** Number of classes. */
  int classes();

  /** Class probabilities of a row {@code float[d]}; a new array {@code float[classes]}. */
  float[] probabilities(float[] x);

  /** Name of a class, 0-based. */
  default String label(int c) {
    return "class-" + c;
  }

  /** Most likely class of a row. */
  default int classify(float[] x) {
    return Vec.argMax(probabilities(x));
  }
}
