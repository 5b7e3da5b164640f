package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.i64;

/// Loops of the I64 comparisons; `a > b` is `b < a`, so four are enough.
final class I64Comparison {
  static final BinaryRow EQ =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i64(a, ao + i * as) == i64(b, bo + i * bs));
        }
      };

  static final BinaryRow NE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i64(a, ao + i * as) != i64(b, bo + i * bs));
        }
      };

  static final BinaryRow LT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i64(a, ao + i * as) < i64(b, bo + i * bs));
        }
      };

  static final BinaryRow LE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, i64(a, ao + i * as) <= i64(b, bo + i * bs));
        }
      };

  private I64Comparison() {}
}
