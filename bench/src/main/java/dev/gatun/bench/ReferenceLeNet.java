package dev.gatun.bench;

import dev.gatun.bench.compare.Inputs;
import dev.gatun.bench.compare.LeNet;
import java.util.Arrays;

/// [LeNet] in plain loops over doubles, image by image: what others are checked against.
public final class ReferenceLeNet {
  private static final int KERNEL = LeNet.KERNEL;

  private final double[][] weights = new double[LeNet.layers()][];
  private final double[][] biases = new double[LeNet.layers()][];
  private final double[][] weightGradients = new double[LeNet.layers()][];
  private final double[][] biasGradients = new double[LeNet.layers()][];
  private final double[] x;
  private final long[] labels;

  /// Starts where every library does.
  ///
  /// @param workload the numbers
  public ReferenceLeNet(LeNet workload) {
    x = Inputs.doubles(workload.x());
    labels = workload.labels();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Inputs.doubles(workload.weight(i));
      biases[i] = Inputs.doubles(workload.bias(i));
      weightGradients[i] = new double[weights[i].length];
      biasGradients[i] = new double[biases[i].length];
    }
  }

  /// Forward, backward, update.
  ///
  /// @return the mean loss before the update
  public double step() {
    for (int i = 0; i < weights.length; i++) {
      Arrays.fill(weightGradients[i], 0);
      Arrays.fill(biasGradients[i], 0);
    }
    double loss = 0;
    int image = LeNet.SIDE * LeNet.SIDE;
    for (int i = 0; i < LeNet.BATCH; i++) {
      loss += one(Arrays.copyOfRange(x, i * image, (i + 1) * image), (int) labels[i]);
    }
    for (int i = 0; i < weights.length; i++) {
      update(weights[i], weightGradients[i]);
      update(biases[i], biasGradients[i]);
    }
    return loss / LeNet.BATCH;
  }

  private static void update(double[] values, double[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= LeNet.LR * gradient[i] / LeNet.BATCH;
    }
  }

  /// Adds the gradients of one image.
  ///
  /// @return its loss
  private double one(double[] image, int label) {
    int side = LeNet.SIDE;
    Plane in = new Plane(1, side, image).padded(LeNet.PADDING);
    Plane first = convolve(0, in);
    Plane pooled = first.pooled();
    Plane second = convolve(1, pooled);
    double[] a = second.pooled().values;
    double[] b = sigmoid(linear(2, a));
    double[] c = sigmoid(linear(3, b));
    double[] logits = linear(4, c);
    double largest = Arrays.stream(logits).max().orElseThrow();
    double total = Arrays.stream(logits).map(v -> Math.exp(v - largest)).sum();
    double loss = Math.log(total) + largest - logits[label];
    double[] g = new double[logits.length];
    Arrays.setAll(g, i -> Math.exp(logits[i] - largest) / total - (i == label ? 1 : 0));
    g = sigmoidBack(c, linearBack(4, c, g));
    g = sigmoidBack(b, linearBack(3, b, g));
    g = second.unpooled(linearBack(2, a, g));
    g = convolveBack(1, pooled, sigmoidBack(second.values, g));
    convolveBack(0, in, sigmoidBack(first.values, first.unpooled(g)));
    return loss;
  }

  private double[] linear(int layer, double[] in) {
    double[] out = biases[layer].clone();
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < in.length; j++) {
        out[i] += weights[layer][i * in.length + j] * in[j];
      }
    }
    return out;
  }

  private double[] linearBack(int layer, double[] in, double[] g) {
    double[] back = new double[in.length];
    for (int i = 0; i < g.length; i++) {
      biasGradients[layer][i] += g[i];
      for (int j = 0; j < in.length; j++) {
        weightGradients[layer][i * in.length + j] += g[i] * in[j];
        back[j] += g[i] * weights[layer][i * in.length + j];
      }
    }
    return back;
  }

  private static double[] sigmoid(double[] values) {
    return Arrays.stream(values).map(v -> 1 / (1 + Math.exp(-v))).toArray();
  }

  private static double[] sigmoidBack(double[] y, double[] g) {
    double[] back = new double[y.length];
    Arrays.setAll(back, i -> g[i] * y[i] * (1 - y[i]));
    return back;
  }

  /// A convolution and its sigmoid.
  private Plane convolve(int layer, Plane in) {
    int side = in.side - KERNEL + 1;
    double[] out = new double[biases[layer].length * side * side];
    Arrays.setAll(out, i -> biases[layer][i / (side * side)]);
    eachTap(layer, in, (o, i, w) -> out[o] += weights[layer][w] * in.values[i]);
    return new Plane(biases[layer].length, side, sigmoid(out));
  }

  private double[] convolveBack(int layer, Plane in, double[] g) {
    double[] back = new double[in.values.length];
    int plane = g.length / biases[layer].length;
    for (int i = 0; i < g.length; i++) {
      biasGradients[layer][i / plane] += g[i];
    }
    eachTap(
        layer,
        in,
        (o, i, w) -> {
          weightGradients[layer][w] += g[o] * in.values[i];
          back[i] += g[o] * weights[layer][w];
        });
    return back;
  }

  /// One multiplication: positions of output, input and weight.
  private interface Tap {
    void meet(int out, int in, int weight);
  }

  private void eachTap(int layer, Plane in, Tap tap) {
    int side = in.side - KERNEL + 1;
    for (int f = 0; f < biases[layer].length; f++) {
      for (int c = 0; c < in.channels; c++) {
        for (int w = 0; w < KERNEL * KERNEL; w++) {
          int weight = (f * in.channels + c) * KERNEL * KERNEL + w;
          for (int p = 0; p < side * side; p++) {
            int line = p / side + w / KERNEL;
            int column = p % side + w % KERNEL;
            tap.meet(f * side * side + p, (c * in.side + line) * in.side + column, weight);
          }
        }
      }
    }
  }

  /// The channels of an image.
  private static final class Plane {
    private final int channels;
    private final int side;
    private final double[] values;

    Plane(int channels, int side, double[] values) {
      this.channels = channels;
      this.side = side;
      this.values = values;
    }

    Plane padded(int zeros) {
      int wide = side + 2 * zeros;
      double[] padded = new double[channels * wide * wide];
      for (int i = 0; i < values.length; i++) {
        int line = i / side % side + zeros;
        padded[(i / (side * side) * wide + line) * wide + i % side + zeros] = values[i];
      }
      return new Plane(channels, wide, padded);
    }

    /// Means of 2×2.
    Plane pooled() {
      double[] means = new double[values.length / 4];
      for (int i = 0; i < values.length; i++) {
        means[home(i)] += values[i] / 4;
      }
      return new Plane(channels, side / 2, means);
    }

    double[] unpooled(double[] g) {
      double[] back = new double[values.length];
      Arrays.setAll(back, i -> g[home(i)] / 4);
      return back;
    }

    private int home(int i) {
      int half = side / 2;
      return (i / (side * side) * half + i / side % side / 2) * half + i % side / 2;
    }
  }
}
