package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;

/// Row kernels of operations on bits, by dtype.
///
/// A dtype that a method does not name is an [IllegalArgumentException].
public final class BitKernels {
  private BitKernels() {}

  /// `y = a & b`.
  ///
  /// @param dtype I32, I64, U8 or BOOL
  /// @return the row kernel
  public static BinaryRow and(DType dtype) {
    return switch (dtype) {
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.AND : I32Bits.AND;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.AND : I64Bits.AND;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Bits.AND : U8Bits.AND;
      case F32, F64, BF16, F16 -> throw unsupported("and", dtype);
    };
  }

  /// `y = a | b`.
  ///
  /// @param dtype I32, I64, U8 or BOOL
  /// @return the row kernel
  public static BinaryRow or(DType dtype) {
    return switch (dtype) {
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.OR : I32Bits.OR;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.OR : I64Bits.OR;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Bits.OR : U8Bits.OR;
      case F32, F64, BF16, F16 -> throw unsupported("or", dtype);
    };
  }

  /// `y = a ^ b`.
  ///
  /// @param dtype I32, I64, U8 or BOOL
  /// @return the row kernel
  public static BinaryRow xor(DType dtype) {
    return switch (dtype) {
      case I32 -> Dispatch.vector() ? VectorI32Arithmetic.XOR : I32Bits.XOR;
      case I64 -> Dispatch.vector() ? VectorI64Arithmetic.XOR : I64Bits.XOR;
      case U8, BOOL -> Dispatch.vector() ? VectorU8Bits.XOR : U8Bits.XOR;
      case F32, F64, BF16, F16 -> throw unsupported("xor", dtype);
    };
  }

  /// `y = ~x`, and `!x` of BOOL.
  ///
  /// @param dtype I32, I64, U8 or BOOL
  /// @return the row kernel
  public static UnaryRow not(DType dtype) {
    return switch (dtype) {
      case I32 -> I32Bits.NOT;
      case I64 -> I64Bits.NOT;
      case U8 -> U8Bits.NOT;
      case BOOL -> ComparisonKernels.logicalNot();
      case F32, F64, BF16, F16 -> throw unsupported("not", dtype);
    };
  }

  /// `a` shifted left by `b` bits; 0 where there are not so many.
  ///
  /// @param dtype I32 or I64
  /// @return the row kernel
  public static BinaryRow left(DType dtype) {
    return switch (dtype) {
      case I32 -> I32Bits.LEFT;
      case I64 -> I64Bits.LEFT;
      case F32, F64, U8, BOOL, BF16, F16 -> throw unsupported("left", dtype);
    };
  }

  /// `a` shifted right by `b` bits; the sign where there are not so many.
  ///
  /// @param dtype I32 or I64
  /// @return the row kernel
  public static BinaryRow right(DType dtype) {
    return switch (dtype) {
      case I32 -> I32Bits.RIGHT;
      case I64 -> I64Bits.RIGHT;
      case F32, F64, U8, BOOL, BF16, F16 -> throw unsupported("right", dtype);
    };
  }
}
