package dev.gatun.fuzz;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Elements as doubles, and how far those of two computations may be apart.
final class Values {
  private Values() {}

  static double[] of(Tensor x) {
    return x.to(DType.F64).toDoubleArray();
  }

  static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  static boolean distinct(int[] index) {
    return IntStream.of(index).distinct().count() == index.length;
  }

  /// ` F32 [3,5]`, with strides where they are not those of a new tensor.
  static String describe(Tensor x) {
    String shape = Arrays.toString(x.shape()).replace(" ", "");
    String strides = x.isContiguous() ? "" : "/" + Arrays.toString(x.strides()).replace(" ", "");
    return " " + x.dtype() + " " + shape + strides;
  }

  /// The distance of 1 to the next number, halved.
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case F64 -> 0x1p-53;
      case F32 -> 0x1p-24;
      case F16 -> 0x1p-11;
      case BF16 -> 0x1p-8;
      case I32, I64, U8, BOOL -> 0;
    };
  }

  /// What is too large for a dtype is infinite in it.
  static double most(DType dtype) {
    return dtype == DType.F16 ? 65504 : dtype == DType.F64 ? Double.MAX_VALUE : Float.MAX_VALUE;
  }

  /// Requires two results to be as near as `bounds` says, in elements' order.
  static void compare(
      String what, DType dtype, double[] actual, double[] expected, double[] bounds) {
    for (int i = 0; i < actual.length; i++) {
      double a = actual[i];
      double e = expected[i];
      boolean same =
          a == e
              || (Double.isNaN(a) && Double.isNaN(e))
              || Math.abs(a - e) <= bounds[i]
              || (Double.isInfinite(a) && Math.abs(e) >= 0.99 * most(dtype) && a * e > 0);
      if (!same) {
        throw new AssertionError(
            "%s: element %d of %d is %s, expected %s within %.3g"
                .formatted(what, i, actual.length, a, e, bounds[i]));
      }
    }
  }
}
