package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;

/// Reference loops of the F64 functions of one operand.
final class F64Unary {
  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, -f64(x, xo + i * xs));
        }
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.abs(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGN =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, sign(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.max(f64(x, xo + i * xs), 0));
        }
      };

  static final UnaryRow EXP =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.exp(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow LOG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.log(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow SQRT =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.sqrt(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGMOID =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, sigmoid(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.tanh(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow RECIPROCAL =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, 1 / f64(x, xo + i * xs));
        }
      };

  static final UnaryRow ERF =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Erf.erf(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow GELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Erf.gelu(f64(x, xo + i * xs)));
        }
      };

  static final UnaryRow GELU_TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Erf.geluTanh(f64(x, xo + i * xs)));
        }
      };

  static final BinaryRow GELU_GRADIENT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double slope = Erf.geluSlope(f64(b, bo + i * bs));
          f64(y, yo + i * ys, f64(a, ao + i * as) * slope);
        }
      };

  static final BinaryRow GELU_TANH_GRADIENT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double slope = Erf.geluTanhSlope(f64(b, bo + i * bs));
          f64(y, yo + i * ys, f64(a, ao + i * as) * slope);
        }
      };

  private F64Unary() {}

  /// The smaller of `exp(v)` and `exp(-v)` keeps the quotient away from infinity over infinity.
  static double sigmoid(double v) {
    double e = Math.exp(-Math.abs(v));
    return (v < 0 ? e : 1) / (1 + e);
  }

  /// 0 for NaN, as in PyTorch.
  private static double sign(double v) {
    return v > 0 ? 1 : v < 0 ? -1 : 0;
  }
}
