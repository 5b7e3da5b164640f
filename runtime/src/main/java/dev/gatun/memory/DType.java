package dev.gatun.memory;

/// The type of a tensor's elements.
///
/// `F32` to `BOOL` are computed with; `BF16` and `F16` are storage types that convert and feed
/// matrix products. Elements are in native byte order; a `BOOL` is one byte, 0 or 1.
public enum DType {
  /// IEEE 754 single precision, the default of every factory.
  F32(4),
  /// IEEE 754 double precision.
  F64(8),
  /// Signed 32-bit integer.
  I32(4),
  /// Signed 64-bit integer, the type of indices.
  I64(8),
  /// Unsigned 8-bit integer.
  U8(1),
  /// Truth value, one byte.
  BOOL(1),
  /// The upper half of an `F32`.
  BF16(2),
  /// IEEE 754 half precision.
  F16(2);

  private final int byteSize;

  DType(int byteSize) {
    this.byteSize = byteSize;
  }

  /// Returns the size of one element.
  ///
  /// @return bytes
  public int byteSize() {
    return byteSize;
  }

  /// Tells whether elements are floating-point numbers, of any precision.
  ///
  /// @return true for `F32`, `F64`, `BF16` and `F16`
  public boolean isFloating() {
    return switch (this) {
      case F32, F64, BF16, F16 -> true;
      case I32, I64, U8, BOOL -> false;
    };
  }

  /// Tells whether elements are integers; truth values are not.
  ///
  /// @return true for `I32`, `I64` and `U8`
  public boolean isInteger() {
    return switch (this) {
      case I32, I64, U8 -> true;
      case F32, F64, BOOL, BF16, F16 -> false;
    };
  }
}
