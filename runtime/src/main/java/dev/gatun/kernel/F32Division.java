package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the F32 quotients and remainders; `%` is exact.
final class F32Division {
  static final BinaryRow FMOD =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, f32(ALL, a + i * as) % f32(ALL, b + i * bs));
            }
          });

  static final BinaryRow REMAINDER =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, remainder(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FLOOR =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, floor(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow TRUNC =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, trunc(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  private F32Division() {}

  /// The remainder with the sign of `b`.
  static float remainder(float a, float b) {
    float r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
  }

  /// The quotient rounded down, by way of the remainder: rounding `a / b` itself would be one too
  /// large where the division rounds up to a whole number.
  static float floor(float a, float b) {
    if (b == 0) {
      return a / b;
    }
    float r = a % b;
    float quotient = (a - r) / b;
    if (r != 0 && (r < 0) != (b < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0f, a / b);
    }
    float whole = (float) Math.floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
  }

  /// The quotient rounded toward zero.
  static float trunc(float a, float b) {
    float quotient = a / b;
    return Math.copySign((float) Math.floor(Math.abs(quotient)), quotient);
  }
}
