package io.vedette.detect.drift;

import io.vedette.core.Property;
import java.util.List;
import java.util.Map;

/**
 * What a deployment may set of the drift detector.
 *
 * @param falseDiscoveries share of false reports among all, per model version and day
 * @param shiftFloor shift of a mean that does not matter, standard deviations
 * @param psiFloor population stability index that does not matter
 */
public record DriftConfig(double falseDiscoveries, double shiftFloor, double psiFloor) {

  private static final Property FALSE_DISCOVERIES =
      new Property(
          "falseDiscoveries",
          "share of false reports among all, per model version and day",
          0.05,
          1e-6,
          0.2);
  private static final Property SHIFT_FLOOR =
      new Property(
          "shiftFloor",
          "shift of a column's mean that does not matter, standard deviations",
          0.15,
          0.01,
          5);
  private static final Property PSI_FLOOR =
      new Property("psiFloor", "population stability index that does not matter", 0.03, 0.001, 5);

  /** What may be set. */
  public static final List<Property> PROPERTIES =
      List.of(FALSE_DISCOVERIES, SHIFT_FLOOR, PSI_FLOOR);

  /** The usual values. */
  public static final DriftConfig USUAL = of(Map.of());

  /** The values set, the usual ones elsewhere. */
  public static DriftConfig of(Map<String, Double> set) {
    return new DriftConfig(
        value(FALSE_DISCOVERIES, set), value(SHIFT_FLOOR, set), value(PSI_FLOOR, set));
  }

  private static double value(Property property, Map<String, Double> set) {
    double value = set.getOrDefault(property.name(), property.usual());
    if (!property.allows(value)) {
      throw new IllegalArgumentException(
          property.name()
              + " must be a number from "
              + property.least()
              + " to "
              + property.most()
              + ", was "
              + value);
    }
    return value;
  }
}
