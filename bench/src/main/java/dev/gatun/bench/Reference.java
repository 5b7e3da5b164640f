package dev.gatun.bench;

import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Plain loops in doubles, and the comparison with them.
final class Reference {
  private Reference() {}

  static double[] doubles(Tensor tensor) {
    float[] values = tensor.toFloatArray();
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  static double[] map(Tensor x, DoubleUnaryOperator function) {
    return Arrays.stream(doubles(x)).map(function).toArray();
  }

  /// `a b` for `a` of `[rows,inner]`; both row-major.
  static double[] matmul(double[] a, double[] b, int rows, int inner) {
    int cols = b.length / inner;
    double[] c = new double[rows * cols];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        addScaled(a[i * inner + k], b, k * cols, c, i * cols, cols);
      }
    }
    return c;
  }

  static double[] transpose(double[] a, int rows) {
    int cols = a.length / rows;
    double[] t = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        t[j * rows + i] = a[i * cols + j];
      }
    }
    return t;
  }

  static double[] softmax(double[] x, int cols) {
    double[] y = new double[x.length];
    for (int start = 0; start < x.length; start += cols) {
      double sum = 0;
      for (int j = start; j < start + cols; j++) {
        y[j] = Math.exp(x[j]);
        sum += y[j];
      }
      for (int j = start; j < start + cols; j++) {
        y[j] /= sum;
      }
    }
    return y;
  }

  /// Checks that every error is at most the tolerance times the largest value.
  static void requireClose(String operation, Tensor got, double[] want, double tolerance) {
    double[] values = doubles(got);
    if (values.length != want.length) {
      throw new IllegalStateException(
          "%s: wrong number of results: %d (want %d)"
              .formatted(operation, values.length, want.length));
    }
    double limit = tolerance * Arrays.stream(want).map(Math::abs).max().orElse(0);
    for (int i = 0; i < want.length; i++) {
      // not `>`: that lets NaN pass
      if (!(Math.abs(values[i] - want[i]) <= limit)) {
        throw new IllegalStateException(
            "%s: wrong result at %d of %s: %s (want %s within %s)"
                .formatted(operation, i, got.describe(), values[i], want[i], limit));
      }
    }
  }

  private static void addScaled(double factor, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += factor * x[xAt + i];
    }
  }
}
