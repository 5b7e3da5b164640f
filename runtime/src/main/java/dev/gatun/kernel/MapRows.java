package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.util.function.DoubleUnaryOperator;

/// Reference rows out of a function of one number, for functions that cost much more than a call:
/// F32 is computed in F64 and rounded once.
final class MapRows {
  private MapRows() {}

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
