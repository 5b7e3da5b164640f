package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.i32;

/// Loops of the I32 comparisons; `a > b` is `b < a`, so four are enough.
final class I32Comparison {
  static final BinaryRow EQ =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i32(a, ao + i * as) == i32(b, bo + i * bs));
        }
      };

  static final BinaryRow NE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i32(a, ao + i * as) != i32(b, bo + i * bs));
        }
      };

  static final BinaryRow LT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i32(a, ao + i * as) < i32(b, bo + i * bs));
        }
      };

  static final BinaryRow LE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i32(a, ao + i * as) <= i32(b, bo + i * bs));
        }
      };

  private I32Comparison() {}
}
