package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.u8;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the U8 comparisons; `a > b` is `b < a`, so four are enough.
final class U8Comparison {
  static final BinaryRow EQ =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, u8(ALL, a + i * as) == u8(ALL, b + i * bs));
            }
          });

  static final BinaryRow NE =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, u8(ALL, a + i * as) != u8(ALL, b + i * bs));
            }
          });

  static final BinaryRow LT =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, u8(ALL, a + i * as) < u8(ALL, b + i * bs));
            }
          });

  static final BinaryRow LE =
      PlainRows.of(
          1,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, u8(ALL, a + i * as) <= u8(ALL, b + i * bs));
            }
          });

  private U8Comparison() {}
}
