package io.vedette.core;

/**
 * A number of a detector that an operator may set.
 *
 * @param name name, in camel case
 * @param text what it is
 * @param usual value when nothing is set
 * @param least smallest value allowed
 * @param most largest value allowed
 */
public record Property(String name, String text, double usual, double least, double most) {

  /** Whether a value is allowed. */
  public boolean allows(double value) {
    return value >= least && value <= most;
  }
}
