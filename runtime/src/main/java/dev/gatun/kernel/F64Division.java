package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the F64 quotients and remainders; `%` is exact.
final class F64Division {
  static final BinaryRow FMOD =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, f64(ALL, a + i * as) % f64(ALL, b + i * bs));
            }
          });

  static final BinaryRow REMAINDER =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, remainder(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FLOOR =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, floor(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow TRUNC =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, trunc(f64(ALL, a + i * as), f64(ALL, b + i * bs)));
            }
          });

  private F64Division() {}

  /// The remainder with the sign of `b`.
  static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
  }

  /// The quotient rounded down, by way of the remainder: rounding `a / b` itself would be one too
  /// large where the division rounds up to a whole number.
  static double floor(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double r = a % b;
    double quotient = (a - r) / b;
    if (r != 0 && (r < 0) != (b < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0.0, a / b);
    }
    double whole = Math.floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
  }

  /// The quotient rounded toward zero.
  static double trunc(double a, double b) {
    double quotient = a / b;
    return Math.copySign(Math.floor(Math.abs(quotient)), quotient);
  }
}
