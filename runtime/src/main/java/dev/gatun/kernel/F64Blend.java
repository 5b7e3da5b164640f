package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of F64 choices and blends between two numbers.
final class F64Blend {
  static final BinaryRow FMAX =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, fmax(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FMIN =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, fmin(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow COPY_SIGN =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, Math.copySign(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final TernaryRow LERP =
      (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double w = f64(c, co + i * cs);
          f64(y, yo + i * ys, lerp(f64(a, ao + i * as), f64(b, bo + i * bs), w));
        }
      };

  private F64Blend() {}

  /// The larger one, and a number rather than NaN.
  static double fmax(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  /// The smaller one, and a number rather than NaN.
  static double fmin(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  /// From the nearer end, so that a weight of 1 gives `b` itself.
  static double lerp(double a, double b, double w) {
    return Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w);
  }

  static UnaryRow clamp(double min, double max) {
    return PlainRows.of(
        8,
        8,
        (x, xs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            f64(ALL, y + i * ys, Math.min(Math.max(f64(ALL, x + i * xs), min), max));
          }
        });
  }

  static BinaryRow lerp(double w) {
    return PlainRows.of(
        8,
        8,
        (a, as, b, bs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            f64(ALL, y + i * ys, lerp(f64(ALL, a + i * as), f64(ALL, b + i * bs), w));
          }
        });
  }
}
