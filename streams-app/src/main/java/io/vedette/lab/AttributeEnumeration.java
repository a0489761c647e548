package io.vedette.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attribute inversion: of people of the training data all features but one are known, and the true
 * outcome; every value of the missing one is asked, and Bayes' rule gives how likely each is. The
 * measure is the information won about the truth, bits a person.
 */
final class AttributeEnumeration implements Attack {

  /*
   * Fredrikson et al., Privacy in Pharmacogenetics, USENIX Security 2014 (MAP estimate over the
   * values of one attribute); Model Inversion Attacks that Exploit Confidence Information, CCS 2015
   * Mehnaz et al., Are Your Sensitive Attributes Private?, USENIX Security 2022 (whole tables)
   */

  private static final int MOST_VALUES = 12; // asked per person, the most common ones
  private static final int MOST_DISTINCT = 40;
  private static final int SEEN = 400; // rows from which the attacker knows how common values are

  private final Rng rng;
  private final int batch;
  private final Map<Float, Double> common = new TreeMap<>();
  private int sensitive;
  private final List<Double> gains = new ArrayList<>(); // bits, per person

  /**
   * An attacker.
   *
   * @param batch people who are asked about together, value by value; 1 for one after the other
   */
  AttributeEnumeration(Rng rng, int batch) {
    this.rng = rng;
    this.batch = batch;
  }

  /**
   * The sensitive feature of a site, 0-based: of the whole ones with 3 to 40 values the one that
   * moves the victim's answers most; -1 when there is none.
   */
  static int sensitive(Site site) {
    List<Row> rows = site.training().subList(0, Math.min(100, site.training().size()));
    int best = -1;
    double strongest = -1;
    for (int i = 0; i < site.population().features(); i++) {
      int feature = i;
      long values = site.training().stream().map(r -> r.x()[feature]).distinct().count();
      if (!site.population().whole(i) || values < 3 || values > MOST_DISTINCT) {
        continue;
      }
      double influence = 0;
      for (Row row : rows) {
        float[] x = row.x().clone();
        float before = site.victim().probabilities(x)[0];
        x[i] = site.spread().max()[i];
        influence += Math.abs(site.victim().probabilities(x)[0] - before);
      }
      if (influence > strongest) {
        strongest = influence;
        best = i;
      }
    }
    return best;
  }

  @Override
  public void run(Oracle oracle) {
    Site site = oracle.site();
    sensitive = sensitive(site);
    if (sensitive < 0) {
      throw new IllegalArgumentException(
          "site must have a feature of few values, was " + site.population().name());
    }
    for (Row row : site.population().sample(rng.fork("seen"), SEEN)) {
      common.merge(row.x()[sensitive], 1.0 / SEEN, Double::sum);
    }
    List<Float> values = new ArrayList<>(common.keySet());
    values.sort((a, b) -> Double.compare(common.getOrDefault(b, 0.0), common.getOrDefault(a, 0.0)));
    values = values.subList(0, Math.min(MOST_VALUES, values.size()));
    double mass = values.stream().mapToDouble(v -> common.getOrDefault(v, 0.0)).sum();
    while (true) {
      List<Row> people = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        people.add(site.training().get(rng.below(site.training().size())));
      }
      double[] all = new double[batch];
      double[] truth = new double[batch]; // joint with the outcome, of the true value
      for (float value : values) {
        for (int i = 0; i < batch; i++) {
          double joint = joint(oracle, people.get(i), value);
          all[i] += joint;
          truth[i] = value == people.get(i).x()[sensitive] ? joint : truth[i];
        }
      }
      for (int i = 0; i < batch; i++) {
        gain(people.get(i), truth[i], all[i], mass);
      }
    }
  }

  private double joint(Oracle oracle, Row person, float value) {
    float[] x = person.x().clone();
    x[sensitive] = value;
    double[] z = oracle.frame().of(person.x());
    double[] candidate = Vec.with(z, sensitive, oracle.frame().of(x)[sensitive]);
    return oracle.ask(candidate)[person.label()] * common.getOrDefault(value, 0.0);
  }

  private void gain(Row person, double truth, double all, double mass) {
    if (truth > 0 && all > 0) {
      double before = common.getOrDefault(person.x()[sensitive], 1.0) / mass;
      gains.add((StrictMath.log(truth / all) - StrictMath.log(before)) / StrictMath.log(2));
    }
  }

  @Override
  public Outcome outcome(Oracle oracle) {
    double mean = gains.stream().mapToDouble(g -> g).average().orElse(Double.NaN);
    return new Outcome("bits_gained", mean, mean > 0);
  }
}
