package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Row kernels that move elements: copies, conversions, fills, selection. Every dtype is supported.
public final class CopyKernels {
  private CopyKernels() {}

  /// Copies elements as they are; a bulk copy where both rows are contiguous.
  ///
  /// @param dtype dtype of both rows
  /// @return the row kernel
  public static UnaryRow copy(DType dtype) {
    return switch (dtype) {
      case F32, I32 -> Moves.COPY4;
      case F64, I64 -> Moves.COPY8;
      case BF16, F16 -> Moves.COPY2;
      case U8, BOOL -> Moves.COPY1;
    };
  }

  /// Converts elements. Floating to integer truncates toward zero, saturates for I32 and I64 (NaN
  /// becomes 0) and wraps for U8; integers wrap when narrowed; to BOOL is `!= 0`, so NaN is true;
  /// to F32, BF16 and F16 rounds to nearest even, BF16 and F16 by way of F32.
  ///
  /// @param from dtype of the operand
  /// @param to dtype of the result
  /// @return the row kernel
  public static UnaryRow convert(DType from, DType to) {
    return ConversionTable.row(from, to);
  }

  /// Sets every element of a row.
  ///
  /// @param dtype dtype of the row
  /// @param y the row
  /// @param yo byte offset of its first element
  /// @param ys bytes from one element to the next
  /// @param n number of elements
  /// @param value the value, converted as [#convert] converts an F64
  public static void fill(DType dtype, MemorySegment y, long yo, long ys, long n, double value) {
    if (n <= 0) {
      return;
    }
    Element.store(dtype, y, yo, value);
    int bytes = dtype.byteSize();
    if (ys == bytes && isOneByteRepeated(y, yo, bytes)) {
      y.asSlice(yo, n * bytes).fill(y.get(ValueLayout.JAVA_BYTE, yo));
    } else {
      copy(dtype).apply(y, yo, 0, y, yo, ys, n);
    }
  }

  /// `y = cond ? a : b`; `cond` is BOOL, the others have one element size.
  ///
  /// @param elementBytes 1, 2, 4 or 8
  /// @return the row kernel, operands in the order `cond`, `a`, `b`
  public static TernaryRow where(int elementBytes) {
    return switch (elementBytes) {
      case 1 -> Dispatch.vector() ? VectorWhere.WHERE1 : Moves.WHERE1;
      case 2 -> Dispatch.vector() ? VectorWhere.WHERE2 : Moves.WHERE2;
      case 4 -> Dispatch.vector() ? VectorWhere.WHERE4 : Moves.WHERE4;
      case 8 -> Dispatch.vector() ? VectorWhere.WHERE8 : Moves.WHERE8;
      default -> throw new IllegalArgumentException("where: no such element: " + elementBytes);
    };
  }

  private static boolean isOneByteRepeated(MemorySegment y, long yo, int bytes) {
    byte first = y.get(ValueLayout.JAVA_BYTE, yo);
    for (int i = 1; i < bytes; i++) {
      if (y.get(ValueLayout.JAVA_BYTE, yo + i) != first) {
        return false;
      }
    }
    return true;
  }
}
