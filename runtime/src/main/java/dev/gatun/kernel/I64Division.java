package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the I64 quotients and remainders; the divisors are not 0.
final class I64Division {
  static final BinaryRow FMOD =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, a + i * as) % i64(ALL, b + i * bs));
            }
          });

  static final BinaryRow REMAINDER =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, Math.floorMod(i64(ALL, a + i * as), i64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow FLOOR =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, Math.floorDiv(i64(ALL, a + i * as), i64(ALL, b + i * bs)));
            }
          });

  static final BinaryRow TRUNC =
      PlainRows.of(
          8,
          8,
          (a, as, b, bs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i64(ALL, a + i * as) / i64(ALL, b + i * bs));
            }
          });

  private I64Division() {}
}
