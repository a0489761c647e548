package io.vedette.lab;

import io.vedette.core.ModelRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward classifier on standardised inputs: ReLU layers and a softmax; without hidden
 * layers it is multinomial logistic regression. Trained with Adam (Kingma and Ba 2015).
 */
public final class Network implements Victim {

  private static final int BATCH = 32;
  private static final double DECAY = 1e-4; // L2

  private final ModelRef model;
  private final Spread spread;
  private final double[][][] weights; // [layer][out][in + 1], bias last

  private Network(ModelRef model, Spread spread, double[][][] weights) {
    this.model = model;
    this.spread = spread;
    this.weights = weights;
  }

  /**
   * Trains a classifier.
   *
   * @param rows training rows
   * @param classes number of classes
   * @param hidden widths of the hidden layers, empty for logistic regression
   * @param epochs passes over the rows
   */
  static Network train(
      ModelRef model, List<Row> rows, int classes, int[] hidden, int epochs, Rng rng) {
    Spread spread = Spread.of(rows);
    int layers = hidden.length + 1;
    double[][][] weights = new double[layers][][];
    int in = rows.get(0).x().length;
    for (int l = 0; l < layers; l++) {
      int out = l < hidden.length ? hidden[l] : classes;
      weights[l] = new double[out][in + 1];
      for (double[] unit : weights[l]) {
        for (int i = 0; i < in; i++) {
          unit[i] = rng.gaussian() * Math.sqrt(2.0 / in);
        }
      }
      in = out;
    }
    Network network = new Network(model, spread, weights);
    double[][] inputs = new double[rows.size()][];
    for (int r = 0; r < inputs.length; r++) {
      inputs[r] = spread.standardise(rows.get(r).x());
    }
    Adam adam = new Adam(weights);
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = rng.permutation(inputs.length);
      for (int start = 0; start < order.length; start += BATCH) {
        int end = Math.min(order.length, start + BATCH);
        for (int i = start; i < end; i++) {
          network.backward(inputs[order[i]], rows.get(order[i]).label(), adam.gradient);
        }
        adam.step(end - start, 0.01 / (1 + 0.2 * epoch));
      }
    }
    return network;
  }

  @Override
  public ModelRef model() {
    return model;
  }

  @Override
  public int features() {
    return spread.mean().length;
  }

  @Override
  public int classes() {
    return weights[weights.length - 1].length;
  }

  @Override
  public float[] probabilities(float[] x) {
    double[][] activations = forward(spread.standardise(x));
    double[] last = activations[weights.length];
    float[] result = new float[last.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = (float) last[c];
    }
    return result;
  }

  /** Whether it is logistic regression. */
  boolean linear() {
    return weights.length == 1;
  }

  /** Gradient of the log-probability of a class by the standardised input, {@code double[d]}. */
  double[] inputGradient(float[] x, int c) {
    return backward(spread.standardise(x), c, null);
  }

  /** Activations of every layer; the last are probabilities. */
  private double[][] forward(double[] input) {
    double[][] activations = new double[weights.length + 1][];
    activations[0] = input;
    for (int l = 0; l < weights.length; l++) {
      double[] in = activations[l];
      double[] out = new double[weights[l].length];
      for (int o = 0; o < out.length; o++) {
        double[] unit = weights[l][o];
        double sum = unit[in.length];
        for (int i = 0; i < in.length; i++) {
          sum += unit[i] * in[i];
        }
        out[o] = l == weights.length - 1 ? sum : Math.max(0, sum);
      }
      activations[l + 1] = out;
    }
    softmax(activations[weights.length]);
    return activations;
  }

  private static void softmax(double[] logits) {
    double best = Double.NEGATIVE_INFINITY;
    for (double v : logits) {
      best = Math.max(best, v);
    }
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = StrictMath.exp(logits[c] - best);
      sum += logits[c];
    }
    for (int c = 0; c < logits.length; c++) {
      logits[c] /= sum;
    }
  }

  /**
   * Back-propagates the log-probability of a class, adds the loss gradient to {@code gradient}
   * unless it is null, and returns the gradient by the input.
   */
  private double[] backward(double[] input, int label, double @Nullable [][][] gradient) {
    double[][] activations = forward(input);
    double[] up = activations[weights.length].clone(); // d(-log p)/d(logit)
    up[label] -= 1;
    for (int l = weights.length - 1; l >= 0; l--) {
      double[] in = activations[l];
      double[] down = new double[in.length];
      for (int o = 0; o < up.length; o++) {
        if (up[o] == 0) {
          continue;
        }
        double[] unit = weights[l][o];
        for (int i = 0; i < in.length; i++) {
          down[i] += up[o] * unit[i];
        }
        if (gradient != null) {
          double[] sum = gradient[l][o];
          for (int i = 0; i < in.length; i++) {
            sum[i] += up[o] * in[i];
          }
          sum[in.length] += up[o];
        }
      }
      for (int i = 0; l > 0 && i < in.length; i++) {
        down[i] = in[i] > 0 ? down[i] : 0;
      }
      up = down;
    }
    return Vec.plus(new double[up.length], -1, up);
  }

  /** The optimiser's memory. */
  private static final class Adam {
    private final double[][][] weights;
    private final double[][][] gradient;
    private final double[][][] first;
    private final double[][][] second;
    private double decay1 = 1;
    private double decay2 = 1;

    Adam(double[][][] weights) {
      this.weights = weights;
      this.gradient = zeros(weights);
      this.first = zeros(weights);
      this.second = zeros(weights);
    }

    private static double[][][] zeros(double[][][] like) {
      double[][][] result = new double[like.length][][];
      for (int l = 0; l < like.length; l++) {
        result[l] = new double[like[l].length][like[l][0].length];
      }
      return result;
    }

    void step(int batch, double rate) {
      decay1 *= 0.9;
      decay2 *= 0.999;
      for (int l = 0; l < weights.length; l++) {
        for (int o = 0; o < weights[l].length; o++) {
          double[] w = weights[l][o];
          double[] g = gradient[l][o];
          double[] m = first[l][o];
          double[] v = second[l][o];
          for (int i = 0; i < w.length; i++) {
            double slope = g[i] / batch + DECAY * w[i];
            m[i] = 0.9 * m[i] + 0.1 * slope;
            v[i] = 0.999 * v[i] + 0.001 * slope * slope;
            w[i] -= rate * m[i] / (1 - decay1) / (Math.sqrt(v[i] / (1 - decay2)) + 1e-8);
            g[i] = 0;
          }
        }
      }
    }
  }
}
