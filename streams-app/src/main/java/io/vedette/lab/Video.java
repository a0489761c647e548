package io.vedette.lab;

import io.vedette.lab.ImagePopulation.Pose;

/** A camera: 60 frames, 0.2 seconds apart, of a sign that moves and changes its light slowly. */
final class Video implements Actor {

  private static final int FRAMES = 60;

  private final ImagePopulation population;
  private final Rng rng;
  private final boolean panning;
  private Pose start;
  private double dx;
  private double dy;
  private double light;
  private int frame;

  /** A camera on a population of pictures. */
  Video(Population population, Rng rng, boolean panning) {
    this.population = (ImagePopulation) population;
    this.rng = rng;
    this.panning = panning;
    this.start = this.population.pose(rng, 0);
  }

  @Override
  public Query next() {
    boolean first = frame == 0;
    if (first) {
      start = population.pose(rng, rng.below(population.classes()));
      dx = rng.uniform(-0.03, 0.03);
      dy = rng.uniform(-0.03, 0.03);
      light = rng.uniform(-0.002, 0.002);
    }
    // Panning swings by 1.5 pixels in equal steps of the angle; else the scene drifts in a line.
    double way = panning ? 1.5 * StrictMath.sin(2 * Math.PI * frame / 20.0) : 0;
    Pose pose = start.moved(dx * frame + way, dy * frame).lit(light * frame);
    frame = (frame + 1) % FRAMES;
    float[] x = population.render(pose, rng);
    return first ? Query.session(x) : Query.after(0.2, x);
  }
}
