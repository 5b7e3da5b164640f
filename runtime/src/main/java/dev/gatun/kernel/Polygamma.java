package dev.gatun.kernel;

import java.util.function.DoubleUnaryOperator;

/// The derivative of digamma of some order, `(-1)^(n+1) n! zeta(n + 1, x)`. Below zero it is that
/// of `1 - x` and the same derivative of a cotangent, which is a polynomial in the cotangent.
final class Polygamma implements DoubleUnaryOperator {
  private final int n;
  private final double scale;
  private final double[] derivative;

  /// @param n order, from 1 on
  Polygamma(int n) {
    this.n = n;
    double factorial = 1;
    for (int i = 2; i <= n; i++) {
      factorial *= i;
    }
    scale = n % 2 == 0 ? -factorial : factorial;
    derivative = derivative(n);
  }

  /// Coefficients of `pi` times the n-th derivative of `cot(pi x)`, from `c' = -pi (1 + c^2)`.
  private static double[] derivative(int n) {
    double[] p = new double[n + 2];
    p[1] = Math.PI;
    for (int k = 0; k < n; k++) {
      double[] next = new double[n + 2];
      for (int i = 1; i <= k + 1; i++) {
        double slope = -Math.PI * i * p[i];
        next[i - 1] += slope;
        next[i + 1] += slope;
      }
      p = next;
    }
    return p;
  }

  @Override
  public double applyAsDouble(double x) {
    if (!(x < 0)) {
      return scale * Gamma.zeta(n + 1, x);
    }
    double r = x - Math.rint(x);
    if (r == 0) {
      return scale * Double.POSITIVE_INFINITY;
    }
    double cotangent = 1 / Math.tan(Math.PI * r);
    double sum = 0;
    for (int i = derivative.length - 1; i >= 0; i--) {
      sum = sum * cotangent + derivative[i];
    }
    double mirrored = scale * Gamma.zeta(n + 1, 1 - x);
    return (n % 2 == 0 ? mirrored : -mirrored) - sum;
  }
}
