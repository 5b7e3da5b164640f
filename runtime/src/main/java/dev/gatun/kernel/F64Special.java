package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of F64 functions of two operands; F32 is converted to it, which costs little beside them.
final class F64Special {
  static final BinaryRow ATAN2 =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, Math.atan2(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow HYPOT =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, Math.hypot(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow LOG_ADD_EXP =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, logAddExp(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow X_LOG_Y =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, xlogy(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  private F64Special() {}

  /// From the larger one, so that no exponential overflows.
  static double logAddExp(double a, double b) {
    return a == b && Double.isInfinite(a)
        ? a
        : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  /// 0 where `x` is 0, whatever the logarithm, but for NaN.
  static double xlogy(double x, double y) {
    return x == 0 && !Double.isNaN(y) ? 0 : x * Math.log(y);
  }
}
