package dev.gatun.kernel;

import dev.gatun.memory.DType;

/// The element types of products.
final class Elements {
  private Elements() {}

  static boolean isF32(DType dtype) {
    return switch (dtype) {
      case F32 -> true;
      case F64 -> false;
      case I32, I64, U8, BOOL, BF16, F16 ->
          throw new IllegalArgumentException(
              "gemm: dtype is neither F32 nor F64: " + dtype + "; convert with to(DType)");
    };
  }
}
