package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the I32 operations on bits.
final class I32Bits {
  static final BinaryRow AND =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, i32(ALL, a + i * as) & i32(ALL, b + i * bs));
            }
          });

  static final BinaryRow OR =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, i32(ALL, a + i * as) | i32(ALL, b + i * bs));
            }
          });

  static final BinaryRow XOR =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, i32(ALL, a + i * as) ^ i32(ALL, b + i * bs));
            }
          });

  static final UnaryRow NOT =
      PlainRows.of(
          4,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, ~i32(ALL, x + i * xs));
            }
          });

  static final BinaryRow LEFT =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, left(i32(ALL, a + i * as), i32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow RIGHT =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, right(i32(ALL, a + i * as), i32(ALL, b + i * bs)));
            }
          });

  private I32Bits() {}

  /// Places that do not exist shift everything out.
  static int left(int a, int b) {
    return b < 0 || b >= 32 ? 0 : a << b;
  }

  static int right(int a, int b) {
    return b < 0 || b >= 32 ? a >> 31 : a >> b;
  }
}
