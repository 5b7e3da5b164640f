package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Memory.ALL;

/// Loops over floating numbers that may be infinite or NaN.
final class Finite {
  static final UnaryRow NAN_F32 =
      PlainRows.of(
          4,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              float v = f32(ALL, x + i * xs);
              bool(ALL, y + i * ys, Float.isNaN(v));
            }
          });

  static final UnaryRow NAN_F64 =
      PlainRows.of(
          8,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = f64(ALL, x + i * xs);
              bool(ALL, y + i * ys, Double.isNaN(v));
            }
          });

  static final UnaryRow INFINITE_F32 =
      PlainRows.of(
          4,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              float v = f32(ALL, x + i * xs);
              bool(ALL, y + i * ys, Math.abs(v) == Float.POSITIVE_INFINITY);
            }
          });

  static final UnaryRow INFINITE_F64 =
      PlainRows.of(
          8,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = f64(ALL, x + i * xs);
              bool(ALL, y + i * ys, Math.abs(v) == Double.POSITIVE_INFINITY);
            }
          });

  static final UnaryRow FINITE_F32 =
      PlainRows.of(
          4,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              float v = f32(ALL, x + i * xs);
              bool(ALL, y + i * ys, Math.abs(v) <= Float.MAX_VALUE);
            }
          });

  static final UnaryRow FINITE_F64 =
      PlainRows.of(
          8,
          1,
          (x, xs, y, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = f64(ALL, x + i * xs);
              bool(ALL, y + i * ys, Math.abs(v) <= Double.MAX_VALUE);
            }
          });

  private Finite() {}

  static UnaryRow replaceF32(float nan, float positive, float negative) {
    return PlainRows.of(
        4,
        4,
        (x, xs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            float v = f32(ALL, x + i * xs);
            float finite = v == Float.NEGATIVE_INFINITY ? negative : v;
            float number = v == Float.POSITIVE_INFINITY ? positive : finite;
            f32(ALL, y + i * ys, Float.isNaN(v) ? nan : number);
          }
        });
  }

  static UnaryRow replaceF64(double nan, double positive, double negative) {
    return PlainRows.of(
        8,
        8,
        (x, xs, y, ys, n) -> {
          for (long i = 0; i < n; i++) {
            double v = f64(ALL, x + i * xs);
            double finite = v == Double.NEGATIVE_INFINITY ? negative : v;
            double number = v == Double.POSITIVE_INFINITY ? positive : finite;
            f64(ALL, y + i * ys, Double.isNaN(v) ? nan : number);
          }
        });
  }
}
