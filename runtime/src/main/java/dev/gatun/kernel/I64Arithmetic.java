package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;

/// Reference loops of the I64 arithmetic.
final class I64Arithmetic {
  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, i64(a, ao + i * as) + i64(b, bo + i * bs));
        }
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, i64(a, ao + i * as) - i64(b, bo + i * bs));
        }
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, i64(a, ao + i * as) * i64(b, bo + i * bs));
        }
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, Math.max(i64(a, ao + i * as), i64(b, bo + i * bs)));
        }
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, Math.min(i64(a, ao + i * as), i64(b, bo + i * bs)));
        }
      };

  static final BinaryRow POW =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, pow(i64(a, ao + i * as), i64(b, bo + i * bs)));
        }
      };

  private I64Arithmetic() {}

  /// By repeated squaring.
  static long pow(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 || (base == -1 && (exponent & 1) == 0) ? 1 : base == -1 ? -1 : 0;
    }
    long power = 1;
    long square = base;
    for (long rest = exponent; rest != 0; rest >>= 1) {
      power *= (rest & 1) == 0 ? 1 : square;
      square *= square;
    }
    return power;
  }

  static BinaryRow addScaled(long alpha) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i64(y, yo + i * ys, i64(a, ao + i * as) + alpha * i64(b, bo + i * bs));
      }
    };
  }

  static UnaryRow addScalar(long value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i64(y, yo + i * ys, i64(x, xo + i * xs) + value);
      }
    };
  }

  static UnaryRow mulScalar(long value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i64(y, yo + i * ys, i64(x, xo + i * xs) * value);
      }
    };
  }

  static TernaryRow addcmul(long value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        long term = value * i64(b, bo + i * bs) * i64(c, co + i * cs);
        i64(y, yo + i * ys, i64(a, ao + i * as) + term);
      }
    };
  }
}
