package io.vedette.lab;

/**
 * Procedurally drawn grey pictures of simple signs (ring, square, cross, triangle, bar, two bars),
 * with random place, size, stroke, contrast and sensor noise; 256 grey levels from 0 to 1.
 */
public final class ImagePopulation implements Population {

  private static final int SIGNS = 6;

  private final String name;
  private final int side;
  private final int classes;
  private final double noise;
  private final int firstSign;

  /** Where and how a sign is drawn; lengths in pixels, grey 0..1. */
  record Pose(
      int sign, double cx, double cy, double size, double stroke, double ground, double ink) {

    Pose moved(double dx, double dy) {
      return new Pose(sign, cx + dx, cy + dy, size, stroke, ground, ink);
    }

    Pose lit(double change) {
      return new Pose(sign, cx, cy, size, stroke, ground + change, ink + change);
    }
  }

  /**
   * A population of pictures.
   *
   * @param side height and width, pixels, at least 10
   * @param classes signs in use, 2 to 6
   * @param firstSign sign of class 0; later classes use the next signs, wrapping
   * @param noise standard deviation of the sensor noise, grey 0..1
   */
  public ImagePopulation(String name, int side, int classes, int firstSign, double noise) {
    this.name = name;
    this.side = side;
    this.classes = classes;
    this.firstSign = firstSign;
    this.noise = noise;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return side * side;
  }

  @Override
  public int[] shape() {
    return new int[] {side, side};
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int components() {
    return classes;
  }

  @Override
  public boolean whole(int feature) {
    return false;
  }

  @Override
  public Row draw(Rng rng) {
    return draw(rng, rng.below(classes));
  }

  @Override
  public Row draw(Rng rng, int component) {
    return new Row(render(pose(rng, component), rng), component);
  }

  /** A random pose of a class. */
  Pose pose(Rng rng, int label) {
    double middle = (side - 1) / 2.0;
    return new Pose(
        (firstSign + label) % SIGNS,
        middle + rng.uniform(-1.5, 1.5),
        middle + rng.uniform(-1.5, 1.5),
        side * rng.uniform(0.27, 0.36),
        rng.uniform(0.7, 1.2),
        rng.uniform(0.05, 0.3),
        rng.uniform(0.65, 0.95));
  }

  /** Draws a pose with fresh sensor noise, {@code float[side * side]}, row-major. */
  float[] render(Pose pose, Rng rng) {
    float[] x = new float[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double gap =
            Math.abs(outline(pose.sign(), column - pose.cx(), row - pose.cy(), pose.size()));
        double cover = Math.max(0, Math.min(1, pose.stroke() + 0.5 - gap));
        double grey = pose.ground() + cover * (pose.ink() - pose.ground()) + noise * rng.gaussian();
        x[row * side + column] = grey(grey);
      }
    }
    return x;
  }

  /** The nearest of 256 grey levels. */
  static float grey(double value) {
    return (float) (StrictMath.rint(255 * Math.max(0, Math.min(1, value))) / 255);
  }

  /** Signed distance, pixels, from a point to the outline of a sign of the given half size. */
  private static double outline(int sign, double x, double y, double size) {
    return switch (sign) {
      case 0 -> Math.sqrt(x * x + y * y) - size;
      case 1 -> Math.max(Math.abs(x), Math.abs(y)) - size * 0.9;
      case 2 ->
          Math.max(Math.min(Math.abs(x), Math.abs(y)), Math.max(Math.abs(x), Math.abs(y)) - size);
      case 3 -> Math.max(-y - size * 0.6, (Math.abs(x) * 1.6 + y) / 1.9 - size * 0.4) * -1;
      case 4 -> Math.max(Math.abs(x - y) / 1.42, Math.abs(x + y) / 2 - size);
      default -> Math.max(Math.abs(Math.abs(x) - size * 0.7), Math.abs(y) - size);
    };
  }
}
