package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;

/// Reference loops of the I32 functions of one operand.
final class I32Unary {
  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, -i32(x, xo + i * xs));
        }
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, Math.abs(i32(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGN =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, Integer.signum(i32(x, xo + i * xs)));
        }
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i32(y, yo + i * ys, Math.max(0, i32(x, xo + i * xs)));
        }
      };

  private I32Unary() {}
}
