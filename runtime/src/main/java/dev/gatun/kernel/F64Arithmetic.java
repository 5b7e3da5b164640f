package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;

/// Reference loops of the F64 arithmetic.
final class F64Arithmetic {
  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, f64(a, ao + i * as) + f64(b, bo + i * bs));
        }
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, f64(a, ao + i * as) - f64(b, bo + i * bs));
        }
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, f64(a, ao + i * as) * f64(b, bo + i * bs));
        }
      };

  static final BinaryRow DIV =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, f64(a, ao + i * as) / f64(b, bo + i * bs));
        }
      };

  static final BinaryRow POW =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, pow(f64(a, ao + i * as), f64(b, bo + i * bs)));
        }
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.max(f64(a, ao + i * as), f64(b, bo + i * bs)));
        }
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, Math.min(f64(a, ao + i * as), f64(b, bo + i * bs)));
        }
      };

  /// Where `b` is positive `a`, elsewhere zero: the backward pass of relu.
  static final BinaryRow WHERE_POSITIVE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double keep = f64(b, bo + i * bs);
          f64(y, yo + i * ys, keep > 0 ? f64(a, ao + i * as) : 0);
        }
      };

  static final UnaryRow SQUARE =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double v = f64(x, xo + i * xs);
          f64(y, yo + i * ys, v * v);
        }
      };

  private F64Arithmetic() {}

  static BinaryRow addScaled(double alpha) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f64(y, yo + i * ys, f64(a, ao + i * as) + alpha * f64(b, bo + i * bs));
      }
    };
  }

  static UnaryRow addScalar(double value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f64(y, yo + i * ys, f64(x, xo + i * xs) + value);
      }
    };
  }

  static UnaryRow mulScalar(double value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f64(y, yo + i * ys, f64(x, xo + i * xs) * value);
      }
    };
  }

  static UnaryRow powScalar(double exponent) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f64(y, yo + i * ys, pow(f64(x, xo + i * xs), exponent));
      }
    };
  }

  static TernaryRow addcmul(double value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        double term = value * f64(b, bo + i * bs) * f64(c, co + i * cs);
        f64(y, yo + i * ys, f64(a, ao + i * as) + term);
      }
    };
  }

  static TernaryRow addcdiv(double value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        double term = value * f64(b, bo + i * bs) / f64(c, co + i * cs);
        f64(y, yo + i * ys, f64(a, ao + i * as) + term);
      }
    };
  }

  /// 1 to any power is 1, and -1 to an infinite one: C's rules, where Java says NaN.
  static double pow(double base, double exponent) {
    boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
    return one ? 1 : Math.pow(base, exponent);
  }
}
