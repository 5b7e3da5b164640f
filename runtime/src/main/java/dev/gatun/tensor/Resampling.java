package dev.gatun.tensor;

import dev.gatun.kernel.ResampleKernels;
import dev.gatun.kernel.ResampleKernels.Table;

/// Tensors at another resolution, one dimension after the other.
final class Resampling {
  /// Steepness of the cubic curve.
  private static final double A = -0.75;

  private Resampling() {}

  /// Every position of the result along `dim` as a weighted sum of some of `x`.
  record Resample(int dim, Table table) implements Op.Unary {
    @Override
    public Tensor forward(Tensor given) {
      Tensor x = Raw.contiguous(given);
      Tensor y = Raw.empty("interpolate", x.dtype, Shapes.with(x.shape, dim, table.outputs()));
      ResampleKernels.forward(
          x.dtype, table, outer(x), inner(x), Fused.readable(x), Fused.writable(y));
      return y;
    }

    long outer(Tensor x) {
      return x.numel / inner(x) / Math.max(1, x.shape[dim]);
    }

    int inner(Tensor x) {
      long inner = 1;
      for (int i = dim + 1; i < x.shape.length; i++) {
        inner *= x.shape[i];
      }
      return Math.toIntExact(inner);
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new ResampleBack(this).apply(g);
    }

    @Override
    public String opName() {
      return "interpolate";
    }
  }

  /// Every element shared out to those that [Resample] made it of.
  record ResampleBack(Resample way) implements Op.Unary {
    @Override
    public Tensor forward(Tensor given) {
      Tensor g = Raw.contiguous(given);
      long[] shape = Shapes.with(g.shape, way.dim, way.table.inputs());
      Tensor dx = Raw.empty("interpolate", g.dtype, shape);
      ResampleKernels.backward(
          g.dtype, way.table, way.outer(g), way.inner(g), Fused.readable(g), Fused.writable(dx));
      return dx;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return way.apply(g);
    }
  }

  /// Where outputs are read from along one dimension.
  ///
  /// @param scale outputs by inputs where that was asked for, else 0 for the quotient of the sizes
  static Table table(
      InterpolateMode mode, int inputs, int outputs, boolean alignCorners, double scale) {
    double step = scale > 0 ? 1 / scale : (double) inputs / outputs;
    if (alignCorners) {
      step = outputs > 1 ? (double) (inputs - 1) / (outputs - 1) : 0;
    }
    int taps =
        switch (mode) {
          case NEAREST, NEAREST_EXACT -> 1;
          case LINEAR, BILINEAR, TRILINEAR -> 2;
          case BICUBIC -> 4;
          case AREA -> throw new IllegalArgumentException("interpolate: AREA is a pooling");
        };
    int[] index = new int[outputs * taps];
    double[] weight = new double[outputs * taps];
    for (int o = 0; o < outputs; o++) {
      double at = alignCorners ? o * step : (o + 0.5) * step - 0.5;
      switch (mode) {
        // Rounded as PyTorch rounds, which decides where a position is nearly an integer.
        case NEAREST -> nearest(o * (float) step, inputs, index, weight, o);
        case NEAREST_EXACT -> nearest((float) ((o + 0.5) * (float) step), inputs, index, weight, o);
        case BICUBIC -> cubic(at, inputs, index, weight, 4 * o);
        case LINEAR, BILINEAR, TRILINEAR -> linear(Math.max(0, at), inputs, index, weight, 2 * o);
        case AREA -> throw new IllegalArgumentException("interpolate: AREA is a pooling");
      }
    }
    return new Table(inputs, taps, index, weight);
  }

  private static void nearest(float at, int inputs, int[] index, double[] weight, int to) {
    index[to] = Math.min((int) at, inputs - 1);
    weight[to] = 1;
  }

  private static void linear(double at, int inputs, int[] index, double[] weight, int to) {
    int low = Math.min((int) at, inputs - 1);
    index[to] = low;
    index[to + 1] = Math.min(low + 1, inputs - 1);
    weight[to + 1] = at - low;
    weight[to] = 1 - weight[to + 1];
  }

  private static void cubic(double at, int inputs, int[] index, double[] weight, int to) {
    double low = Math.floor(at);
    double t = at - low;
    for (int k = 0; k < 4; k++) {
      index[to + k] = Math.clamp((long) low + k - 1, 0, inputs - 1);
    }
    weight[to] = far(t + 1);
    weight[to + 1] = near(t);
    weight[to + 2] = near(1 - t);
    weight[to + 3] = far(2 - t);
  }

  private static double near(double x) {
    return ((A + 2) * x - (A + 3)) * x * x + 1;
  }

  private static double far(double x) {
    return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
