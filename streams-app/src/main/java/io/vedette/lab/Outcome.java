package io.vedette.lab;

import java.util.List;

/**
 * What an attack achieved.
 *
 * @param measure for example agreement (of a stolen copy with the victim, 0..1), distance_ratio
 *     (final to first distance of an adversarial example, 0..1) or flip_rate (0..1)
 * @param value the measured value, NaN when nothing was finished
 * @param succeeded whether it counts as a success by the attack's own aim
 */
public record Outcome(String measure, double value, boolean succeeded) {

  /** Adversarial examples: succeeded when the median of the final to the first distance is low. */
  static Outcome distance(List<Double> ratios, double below) {
    double median = ratios.stream().sorted().skip(ratios.size() / 2).findFirst().orElse(Double.NaN);
    return new Outcome("distance_ratio", median, median < below);
  }

  /** Membership: the area under the curve of the members' scores against the others'. */
  static Outcome auc(List<Double> members, List<Double> others, double above) {
    double area = 0;
    for (double a : members) {
      for (double b : others) {
        area += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    double auc = area / Math.max(1, members.size() * others.size());
    return new Outcome("auc", auc, auc > above);
  }
}
