package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;

/// Reference loops of the F32 arithmetic.
final class F32Arithmetic {
  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, f32(a, ao + i * as) + f32(b, bo + i * bs));
        }
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, f32(a, ao + i * as) - f32(b, bo + i * bs));
        }
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, f32(a, ao + i * as) * f32(b, bo + i * bs));
        }
      };

  static final BinaryRow DIV =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, f32(a, ao + i * as) / f32(b, bo + i * bs));
        }
      };

  static final BinaryRow POW =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) F64Arithmetic.pow(f32(a, ao + i * as), f32(b, bo + i * bs)));
        }
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, Math.max(f32(a, ao + i * as), f32(b, bo + i * bs)));
        }
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, Math.min(f32(a, ao + i * as), f32(b, bo + i * bs)));
        }
      };

  /// Where `b` is positive `a`, elsewhere zero: the backward pass of relu.
  static final BinaryRow WHERE_POSITIVE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          float keep = f32(b, bo + i * bs);
          f32(y, yo + i * ys, keep > 0 ? f32(a, ao + i * as) : 0);
        }
      };

  static final UnaryRow SQUARE =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          float v = f32(x, xo + i * xs);
          f32(y, yo + i * ys, v * v);
        }
      };

  private F32Arithmetic() {}

  static BinaryRow addScaled(float alpha) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f32(y, yo + i * ys, f32(a, ao + i * as) + alpha * f32(b, bo + i * bs));
      }
    };
  }

  static UnaryRow addScalar(float value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f32(y, yo + i * ys, f32(x, xo + i * xs) + value);
      }
    };
  }

  static UnaryRow mulScalar(float value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f32(y, yo + i * ys, f32(x, xo + i * xs) * value);
      }
    };
  }

  static UnaryRow powScalar(double exponent) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f32(y, yo + i * ys, (float) F64Arithmetic.pow(f32(x, xo + i * xs), exponent));
      }
    };
  }

  static TernaryRow addcmul(float value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        float term = value * f32(b, bo + i * bs) * f32(c, co + i * cs);
        f32(y, yo + i * ys, f32(a, ao + i * as) + term);
      }
    };
  }

  static TernaryRow addcdiv(float value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        float term = value * f32(b, bo + i * bs) / f32(c, co + i * cs);
        f32(y, yo + i * ys, f32(a, ao + i * as) + term);
      }
    };
  }
}
