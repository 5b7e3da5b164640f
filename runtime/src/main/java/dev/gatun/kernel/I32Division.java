package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the I32 quotients and remainders; the divisors are not 0.
final class I32Division {
  static final BinaryRow FMOD =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, i32(ALL, a + i * as) % i32(ALL, b + i * bs));
            }
          });

  static final BinaryRow REMAINDER =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, Math.floorMod(i32(ALL, a + i * as), i32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FLOOR =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, Math.floorDiv(i32(ALL, a + i * as), i32(ALL, b + i * bs)));
            }
          });

  static final BinaryRow TRUNC =
      PlainRows.of(
          4,
          4,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, i32(ALL, a + i * as) / i32(ALL, b + i * bs));
            }
          });

  private I32Division() {}
}
