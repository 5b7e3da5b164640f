package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the I64 operations on bits.
final class I64Bits {
  static final BinaryRow AND =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, a + i * as) & i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow OR =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, a + i * as) | i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow XOR =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, a + i * as) ^ i64(ALL, b + i * bs));
            }
          });

  static final UnaryRow NOT =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, ~i64(ALL, x + i * xs));
            }
          });

  static final BinaryRow LEFT =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, left(i64(ALL, a + i * as), i64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow RIGHT =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, right(i64(ALL, a + i * as), i64(ALL, b + i * bs)));
            }
          });

  private I64Bits() {}

  /// Places that do not exist shift everything out.
  static long left(long a, long b) {
    return b < 0 || b >= 64 ? 0 : a << b;
  }

  static long right(long a, long b) {
    return b < 0 || b >= 64 ? a >> 63 : a >> b;
  }
}
