package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;

/// Reference loops of the I32 arithmetic.
final class I32Arithmetic {
  static final BinaryRow ADD =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, i32(a, ao + i * as) + i32(b, bo + i * bs));
        }
      };

  static final BinaryRow SUB =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, i32(a, ao + i * as) - i32(b, bo + i * bs));
        }
      };

  static final BinaryRow MUL =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, i32(a, ao + i * as) * i32(b, bo + i * bs));
        }
      };

  static final BinaryRow MAXIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, Math.max(i32(a, ao + i * as), i32(b, bo + i * bs)));
        }
      };

  static final BinaryRow MINIMUM =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, Math.min(i32(a, ao + i * as), i32(b, bo + i * bs)));
        }
      };

  static final BinaryRow POW =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, pow(i32(a, ao + i * as), i32(b, bo + i * bs)));
        }
      };

  private I32Arithmetic() {}

  /// By repeated squaring.
  static int pow(int base, int exponent) {
    if (exponent < 0) {
      return base == 1 || (base == -1 && (exponent & 1) == 0) ? 1 : base == -1 ? -1 : 0;
    }
    int power = 1;
    int square = base;
    for (int rest = exponent; rest != 0; rest >>= 1) {
      power *= (rest & 1) == 0 ? 1 : square;
      square *= square;
    }
    return power;
  }

  static BinaryRow addScaled(int alpha) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i32(y, yo + i * ys, i32(a, ao + i * as) + alpha * i32(b, bo + i * bs));
      }
    };
  }

  static UnaryRow addScalar(int value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i32(y, yo + i * ys, i32(x, xo + i * xs) + value);
      }
    };
  }

  static UnaryRow mulScalar(int value) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        i32(y, yo + i * ys, i32(x, xo + i * xs) * value);
      }
    };
  }

  static TernaryRow addcmul(int value) {
    return (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        int term = value * i32(b, bo + i * bs) * i32(c, co + i * cs);
        i32(y, yo + i * ys, i32(a, ao + i * as) + term);
      }
    };
  }
}
