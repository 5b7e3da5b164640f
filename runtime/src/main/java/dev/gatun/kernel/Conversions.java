package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bf16;
import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.f16;
import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Element.u8;
import static dev.gatun.kernel.Memory.ALL;

/// Loops of the conversions that others are made of, two at a time.
final class Conversions {
  static final UnaryRow F32_F64 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, f32(ALL, x + i * xs));
            }
          });

  static final UnaryRow F32_I32 =
      PlainRows.of(
          4,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, (int) f32(ALL, x + i * xs));
            }
          });

  static final UnaryRow F32_I64 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, (long) f32(ALL, x + i * xs));
            }
          });

  static final UnaryRow F32_BF16 =
      PlainRows.of(
          4,
          2,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              bf16(ALL, y + i * ys, f32(ALL, x + i * xs));
            }
          });

  static final UnaryRow F32_F16 =
      PlainRows.of(
          4,
          2,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f16(ALL, y + i * ys, f32(ALL, x + i * xs));
            }
          });

  static final UnaryRow F64_F32 =
      PlainRows.of(
          8,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, (float) f64(ALL, x + i * xs));
            }
          });

  static final UnaryRow F64_I32 =
      PlainRows.of(
          8,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, (int) f64(ALL, x + i * xs));
            }
          });

  static final UnaryRow F64_I64 =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, (long) f64(ALL, x + i * xs));
            }
          });

  static final UnaryRow BF16_F32 =
      PlainRows.of(
          2,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, bf16(ALL, x + i * xs));
            }
          });

  static final UnaryRow F16_F32 =
      PlainRows.of(
          2,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, f16(ALL, x + i * xs));
            }
          });

  static final UnaryRow I32_F32 =
      PlainRows.of(
          4,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, (float) i32(ALL, x + i * xs));
            }
          });

  static final UnaryRow I32_F64 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, i32(ALL, x + i * xs));
            }
          });

  static final UnaryRow I32_I64 =
      PlainRows.of(
          4,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i64(ALL, y + i * ys, i32(ALL, x + i * xs));
            }
          });

  static final UnaryRow I32_U8 =
      PlainRows.of(
          4,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              u8(ALL, y + i * ys, i32(ALL, x + i * xs));
            }
          });

  static final UnaryRow I64_F32 =
      PlainRows.of(
          8,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, (float) i64(ALL, x + i * xs));
            }
          });

  static final UnaryRow I64_F64 =
      PlainRows.of(
          8,
          8,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f64(ALL, y + i * ys, (double) i64(ALL, x + i * xs));
            }
          });

  static final UnaryRow I64_I32 =
      PlainRows.of(
          8,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, (int) i64(ALL, x + i * xs));
            }
          });

  static final UnaryRow U8_F32 =
      PlainRows.of(
          1,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, u8(ALL, x + i * xs));
            }
          });

  static final UnaryRow U8_I32 =
      PlainRows.of(
          1,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, u8(ALL, x + i * xs));
            }
          });

  static final UnaryRow BOOL_F32 =
      PlainRows.of(
          1,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              f32(ALL, y + i * ys, bool(ALL, x + i * xs) ? 1 : 0);
            }
          });

  static final UnaryRow BOOL_I32 =
      PlainRows.of(
          1,
          4,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              i32(ALL, y + i * ys, bool(ALL, x + i * xs) ? 1 : 0);
            }
          });

  private Conversions() {}
}
