package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.u8;

/// Loops of the U8 comparisons; `a > b` is `b < a`, so four are enough.
final class U8Comparison {
  static final BinaryRow EQ =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, u8(a, ao + i * as) == u8(b, bo + i * bs));
        }
      };

  static final BinaryRow NE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, u8(a, ao + i * as) != u8(b, bo + i * bs));
        }
      };

  static final BinaryRow LT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, u8(a, ao + i * as) < u8(b, bo + i * bs));
        }
      };

  static final BinaryRow LE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, u8(a, ao + i * as) <= u8(b, bo + i * bs));
        }
      };

  private U8Comparison() {}
}
