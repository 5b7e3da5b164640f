package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of F32 choices and blends between two numbers.
final class F32Blend {
  static final BinaryRow FMAX =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, fmax(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FMIN =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, fmin(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow COPY_SIGN =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, Math.copySign(f32(ALL, a + i * as), f32(ALL, b + i * bs)));
            }
          });

  static final TernaryRow LERP =
      (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          float w = f32(c, co + i * cs);
          f32(y, yo + i * ys, lerp(f32(a, ao + i * as), f32(b, bo + i * bs), w));
        }
      };

  private F32Blend() {}

  /// The larger one, and a number rather than NaN.
  static float fmax(float a, float b) {
    return Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.max(a, b);
  }

  /// The smaller one, and a number rather than NaN.
  static float fmin(float a, float b) {
    return Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.min(a, b);
  }

  /// From the nearer end, so that a weight of 1 gives `b` itself.
  static float lerp(float a, float b, float w) {
    return Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w);
  }

  static UnaryRow clamp(float min, float max) {
    return PlainRows.of(
        4,
        4,
        (x, xs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            f32(ALL, y + i * ys, Math.min(Math.max(f32(ALL, x + i * xs), min), max));
          }
        });
  }

  static BinaryRow lerp(float w) {
    return PlainRows.of(
        4,
        4,
        (a, as, b, bs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            f32(ALL, y + i * ys, lerp(f32(ALL, a + i * as), f32(ALL, b + i * bs), w));
          }
        });
  }
}
