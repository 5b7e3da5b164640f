package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.F64Unary.sigmoid;
import static dev.gatun.kernel.F64Unary.softplus;

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
          f32(y, yo + i * ys, relu(f32(x, xo + i * xs)));
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

  static final UnaryRow SOFTPLUS =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) softplus(f32(x, xo + i * xs)));
        }
      };

  static final UnaryRow RECIPROCAL =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, 1 / f32(x, xo + i * xs));
        }
      };

  private F32Unary() {}

  /// Keeps a NaN, as PyTorch does.
  private static float relu(float v) {
    return v <= 0 ? 0 : v;
  }

  /// 0 for NaN, as in PyTorch.
  private static float sign(float v) {
    return v > 0 ? 1 : v < 0 ? -1 : 0;
  }
}
