package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;

/// Reference loops of the I64 functions of one operand.
final class I64Unary {
  static final UnaryRow NEG =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, -i64(x, xo + i * xs));
        }
      };

  static final UnaryRow ABS =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, Math.abs(i64(x, xo + i * xs)));
        }
      };

  static final UnaryRow SIGN =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, Long.signum(i64(x, xo + i * xs)));
        }
      };

  static final UnaryRow RELU =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, Math.max(0, i64(x, xo + i * xs)));
        }
      };

  private I64Unary() {}
}
