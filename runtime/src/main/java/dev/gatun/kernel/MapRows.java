package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Reference rows out of a function of one number, for functions that cost much more than a call:
/// F32 is computed in F64 and rounded once.
final class MapRows {
  /// A function of three numbers.
  @FunctionalInterface
  interface Operator3 {
    double applyAsDouble(double a, double b, double c);
  }

  private MapRows() {}

  /// As [#of(String, DType, DoubleUnaryOperator)], of two numbers.
  static BinaryRow of(String operation, DType dtype, DoubleBinaryOperator function) {
    return switch (dtype) {
      case F32 ->
          (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = function.applyAsDouble(f32(a, ao + i * as), f32(b, bo + i * bs));
              f32(y, yo + i * ys, (float) v);
            }
          };
      case F64 ->
          (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double v = function.applyAsDouble(f64(a, ao + i * as), f64(b, bo + i * bs));
              f64(y, yo + i * ys, v);
            }
          };
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(operation, dtype);
    };
  }

  /// As [#of(String, DType, DoubleUnaryOperator)], of three numbers.
  static TernaryRow of(String operation, DType dtype, Operator3 function) {
    return switch (dtype) {
      case F32 ->
          (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double w = f32(c, co + i * cs);
              double v = function.applyAsDouble(f32(a, ao + i * as), f32(b, bo + i * bs), w);
              f32(y, yo + i * ys, (float) v);
            }
          };
      case F64 ->
          (a, ao, as, b, bo, bs, c, co, cs, y, yo, ys, n) -> {
            for (long i = 0; i < n; i++) {
              double w = f64(c, co + i * cs);
              double v = function.applyAsDouble(f64(a, ao + i * as), f64(b, bo + i * bs), w);
              f64(y, yo + i * ys, v);
            }
          };
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(operation, dtype);
    };
  }

  /// The row of a floating dtype; others are an [IllegalArgumentException].
  static UnaryRow of(String operation, DType dtype, DoubleUnaryOperator function) {
    return switch (dtype) {
      case F32 -> f32Row(function);
      case F64 -> f64Row(function);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported(operation, dtype);
    };
  }

  static UnaryRow f32Row(DoubleUnaryOperator function) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f32(y, yo + i * ys, (float) function.applyAsDouble(f32(x, xo + i * xs)));
      }
    };
  }

  static UnaryRow f64Row(DoubleUnaryOperator function) {
    return (x, xo, xs, y, yo, ys, n) -> {
      for (long i = 0; i < n; i++) {
        f64(y, yo + i * ys, function.applyAsDouble(f64(x, xo + i * xs)));
      }
    };
  }
}
