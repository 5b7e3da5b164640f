package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bf16;
import static dev.gatun.kernel.Element.f16;
import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Element.u8;

/// Conversion loops for the pairs that training and loading spend time in.
final class Conversions {
  static final UnaryRow F32_F64 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f64(y, yo + i * ys, f32(x, xo + i * xs));
        }
      };

  static final UnaryRow F32_BF16 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          bf16(y, yo + i * ys, f32(x, xo + i * xs));
        }
      };

  static final UnaryRow F32_F16 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f16(y, yo + i * ys, f32(x, xo + i * xs));
        }
      };

  static final UnaryRow F32_I64 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          i64(y, yo + i * ys, (long) f32(x, xo + i * xs));
        }
      };

  static final UnaryRow F64_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) f64(x, xo + i * xs));
        }
      };

  static final UnaryRow BF16_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, bf16(x, xo + i * xs));
        }
      };

  static final UnaryRow F16_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, f16(x, xo + i * xs));
        }
      };

  static final UnaryRow I64_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, (float) i64(x, xo + i * xs));
        }
      };

  static final UnaryRow U8_F32 =
      (x, xo, xs, y, yo, ys, n) -> {
        for (long i = 0; i < n; i++) {
          f32(y, yo + i * ys, u8(x, xo + i * xs));
        }
      };

  private Conversions() {}
}
