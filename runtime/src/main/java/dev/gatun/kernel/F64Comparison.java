package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.f64;

/// Loops of the F64 comparisons; `a > b` is `b < a`, so four are enough.
final class F64Comparison {
  static final BinaryRow EQ =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, f64(a, ao + i * as) == f64(b, bo + i * bs));
        }
      };

  static final BinaryRow NE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, f64(a, ao + i * as) != f64(b, bo + i * bs));
        }
      };

  static final BinaryRow LT =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, f64(a, ao + i * as) < f64(b, bo + i * bs));
        }
      };

  static final BinaryRow LE =
      (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bool(y, yo + i * ys, f64(a, ao + i * as) <= f64(b, bo + i * bs));
        }
      };

  private F64Comparison() {}
}
