package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.F64Unary.sigmoid;

/// Reference loops of the F32 functions of one operand.
final class F32Unary {
  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, -f32(x, xo + i * xs));
        }
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, Math.abs(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGN =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, sign(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, Math.max(f32(x, xo + i * xs), 0));
        }
      };

  static final UnaryRow EXP =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Math.exp(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow LOG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Math.log(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow SQRT =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Math.sqrt(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGMOID =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) sigmoid(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Math.tanh(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow RECIPROCAL =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, 1 / f32(x, xo + i * xs));
        }
      };

  static final UnaryRow ERF =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Erf.erf(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow GELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Erf.gelu(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow GELU_TANH =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) Erf.geluTanh(f32(x, xo + i * xs)));
        }
      };

  static final BinaryRow GELU_GRADIENT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double slope = Erf.geluSlope(f32(b, bo + i * bs));
          f32(y, yo + i * ys, (float) (f32(a, ao + i * as) * slope));
        }
      };

  static final BinaryRow GELU_TANH_GRADIENT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          double slope = Erf.geluTanhSlope(f32(b, bo + i * bs));
          f32(y, yo + i * ys, (float) (f32(a, ao + i * as) * slope));
        }
      };

  private F32Unary() {}

  /// 0 for NaN, as in PyTorch.
  private static float sign(float v) {
    return v > 0 ? 1 : v < 0 ? -1 : 0;
  }
}
