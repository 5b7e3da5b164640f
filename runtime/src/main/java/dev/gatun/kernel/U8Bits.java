package dev.gatun.kernel;

import static dev.gatun.kernel.Element.u8;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the U8 and BOOL operations on bits.
final class U8Bits {
  static final BinaryRow AND =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              u8(ALL, y + i * ys, u8(ALL, a + i * as) & u8(ALL, b + i * bs));
            }
          });

  static final BinaryRow OR =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              u8(ALL, y + i * ys, u8(ALL, a + i * as) | u8(ALL, b + i * bs));
            }
          });

  static final BinaryRow XOR =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              u8(ALL, y + i * ys, u8(ALL, a + i * as) ^ u8(ALL, b + i * bs));
            }
          });

  static final UnaryRow NOT =
      PlainRows.of(
          1,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              u8(ALL, y + i * ys, ~u8(ALL, x + i * xs));
            }
          });

  private U8Bits() {}
}
