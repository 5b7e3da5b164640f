package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Reductions over the last dims of a shape of any strides. The result is contiguous over the dims
/// that are kept and has the operand's dtype; offsets and strides are elements.
///
/// F32 is accumulated in double. The work is split in a way that depends on the shape alone, so a
/// result does not depend on the number of threads. Dtypes: F32, F64, I32, I64; any other is an
/// [IllegalArgumentException].
public final class Reduction {
  private Reduction() {}

  /// Sums; 0 where nothing is reduced. Integers wrap.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void sum(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    Fold fold =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32Folds.SUM : F32Folds.SUM;
          case F64 -> Dispatch.vector() ? VectorF64Folds.SUM : F64Folds.SUM;
          case I32 -> I32Folds.SUM;
          case I64 -> I64Folds.SUM;
          case U8, BOOL, BF16, F16 -> throw unsupported("sum", dtype);
        };
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, false);
    if (dtype.isFloating() && reduced.isColumns(bytes)) {
      FoldRun.columns(fold, columns(dtype), reduced, x, xOffset * bytes, y, yOffset * bytes, bytes);
      return;
    }
    FoldRun.rows(fold, reduced, x, xOffset * bytes, y, yOffset * bytes, bytes);
  }

  /// Products; 1 where nothing is reduced. Integers wrap.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void prod(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    Fold fold =
        switch (dtype) {
          case F32 -> F32Folds.PROD;
          case F64 -> F64Folds.PROD;
          case I32 -> I32Folds.PROD;
          case I64 -> I64Folds.PROD;
          case U8, BOOL, BF16, F16 -> throw unsupported("prod", dtype);
        };
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, false);
    FoldRun.rows(fold, reduced, x, xOffset * bytes, y, yOffset * bytes, bytes);
  }

  /// Largest elements; NaN where one is among them. Where nothing is reduced the smallest value of
  /// the dtype, minus infinity when floating: callers refuse that case.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void max(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    Fold fold =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32Folds.MAX : F32Folds.MAX;
          case F64 -> Dispatch.vector() ? VectorF64Folds.MAX : F64Folds.MAX;
          case I32 -> I32Folds.MAX;
          case I64 -> I64Folds.MAX;
          case U8, BOOL, BF16, F16 -> throw unsupported("max", dtype);
        };
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, false);
    FoldRun.rows(fold, reduced, x, xOffset * bytes, y, yOffset * bytes, bytes);
  }

  /// Smallest elements; NaN where one is among them. Where nothing is reduced the largest value of
  /// the dtype, infinity when floating: callers refuse that case.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void min(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    Fold fold =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32Folds.MIN : F32Folds.MIN;
          case F64 -> Dispatch.vector() ? VectorF64Folds.MIN : F64Folds.MIN;
          case I32 -> I32Folds.MIN;
          case I64 -> I64Folds.MIN;
          case U8, BOOL, BF16, F16 -> throw unsupported("min", dtype);
        };
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, false);
    FoldRun.rows(fold, reduced, x, xOffset * bytes, y, yOffset * bytes, bytes);
  }

  /// Positions of the largest elements: the first one in the flattened reduced dims, which must not
  /// be empty. A NaN counts as the largest.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result, I64
  /// @param yOffset its first element
  public static void argmax(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    ArgFold fold = ArgFold.max(dtype);
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, true);
    FoldRun.positions(fold, reduced, x, xOffset * bytes, y, yOffset * Long.BYTES);
  }

  /// Positions of the smallest elements: the first one in the flattened reduced dims, which must
  /// not be empty. A NaN counts as the smallest.
  ///
  /// @param dtype dtype of operand and result
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result, I64
  /// @param yOffset its first element
  public static void argmin(
      DType dtype,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    ArgFold fold = ArgFold.min(dtype);
    int bytes = dtype.byteSize();
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, bytes, true);
    FoldRun.positions(fold, reduced, x, xOffset * bytes, y, yOffset * Long.BYTES);
  }

  private static ColumnSums columns(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Folds.COLUMNS : F32Folds.COLUMNS;
      case F64 -> Dispatch.vector() ? VectorF64Folds.COLUMNS : F64Folds.COLUMNS;
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("sum", dtype);
    };
  }
}
