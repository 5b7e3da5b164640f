package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the I64 comparisons; `a > b` is `b < a`, so four are enough.
final class I64Comparison {
  static final BinaryRow EQ =
      PlainRows.of(
          8,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, i64(ALL, a + i * as) == i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow NE =
      PlainRows.of(
          8,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, i64(ALL, a + i * as) != i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow LT =
      PlainRows.of(
          8,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, i64(ALL, a + i * as) < i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow LE =
      PlainRows.of(
          8,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, i64(ALL, a + i * as) <= i64(ALL, b + i * bs));
            }
          });

  private I64Comparison() {}
}
