package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the F32 comparisons; `a > b` is `b < a`, so four are enough.
final class F32Comparison {
  static final BinaryRow EQ =
      PlainRows.of(
          4,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, f32(ALL, a + i * as) == f32(ALL, b + i * bs));
            }
          });

  static final BinaryRow NE =
      PlainRows.of(
          4,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, f32(ALL, a + i * as) != f32(ALL, b + i * bs));
            }
          });

  static final BinaryRow LT =
      PlainRows.of(
          4,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, f32(ALL, a + i * as) < f32(ALL, b + i * bs));
            }
          });

  static final BinaryRow LE =
      PlainRows.of(
          4,
          1,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bool(ALL, y + i * ys, f32(ALL, a + i * as) <= f32(ALL, b + i * bs));
            }
          });

  private F32Comparison() {}
}
