package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of rounded quotients and of remainders, by dtype. Integers must not be divided by 0.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class DivisionKernels {
  private DivisionKernels() {}

  /// `a - b * trunc(a / b)`, with the sign of `a`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow fmod(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Division.FMOD : F32Division.FMOD;
      case F64 -> Dispatch.vector() ? VectorF64Division.FMOD : F64Division.FMOD;
      case I32 -> I32Division.FMOD;
      case I64 -> I64Division.FMOD;
      case U8, BOOL, BF16, F16 -> throw unsupported("fmod", dtype);
    };
  }

  /// `a - b * floor(a / b)`, with the sign of `b`.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow remainder(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Division.REMAINDER : F32Division.REMAINDER;
      case F64 -> Dispatch.vector() ? VectorF64Division.REMAINDER : F64Division.REMAINDER;
      case I32 -> I32Division.REMAINDER;
      case I64 -> I64Division.REMAINDER;
      case U8, BOOL, BF16, F16 -> throw unsupported("remainder", dtype);
    };
  }

  /// `a / b` rounded down.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow floorDivide(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Division.FLOOR : F32Division.FLOOR;
      case F64 -> Dispatch.vector() ? VectorF64Division.FLOOR : F64Division.FLOOR;
      case I32 -> I32Division.FLOOR;
      case I64 -> I64Division.FLOOR;
      case U8, BOOL, BF16, F16 -> throw unsupported("floorDivide", dtype);
    };
  }

  /// `a / b` rounded toward zero.
  ///
  /// @param dtype F32, F64, I32 or I64
  /// @return the row kernel
  public static BinaryRow truncDivide(DType dtype) {
    return switch (dtype) {
      case F32 -> F32Division.TRUNC;
      case F64 -> F64Division.TRUNC;
      case I32 -> I32Division.TRUNC;
      case I64 -> I64Division.TRUNC;
      case U8, BOOL, BF16, F16 -> throw unsupported("truncDivide", dtype);
    };
  }
}
