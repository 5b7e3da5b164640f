package dev.gatun.kernel;

import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Reductions over the last dims of a shape of any strides. The result is contiguous over the dims
/// that are kept; offsets and strides are elements.
///
/// F32 is accumulated in double, I32 in long. The work is split in a way that depends on the shape
/// alone, so a result does not depend on the number of threads. Dtypes: F32, F64, I32, I64; any
/// other is an [IllegalArgumentException].
public final class Reduction {
  /// What is done with the elements behind a result.
  public enum Kind {
    /// Added up; 0 where there are none. Integers wrap.
    SUM,
    /// Multiplied; 1 where there are none. Integers wrap.
    PROD,
    /// The largest; NaN where one is among them.
    MAX,
    /// The smallest; NaN where one is among them.
    MIN
  }

  private Reduction() {}

  /// Reduces elements that a row kernel makes of those of the operand, block by block, and stores
  /// what comes out in another dtype.
  ///
  /// @param kind what is done
  /// @param from dtype of the operand, any
  /// @param map makes elements of `dtype` out of those of the operand; null where these are the
  ///   same
  /// @param dtype dtype that is computed in
  /// @param to dtype of the result: F32 or F64 for a floating `dtype`, else an integer one or BOOL
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void reduce(
      Kind kind,
      DType from,
      @Nullable UnaryRow map,
      DType dtype,
      DType to,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    ValueFold fold =
        switch (kind) {
          case SUM -> sum(dtype);
          case PROD -> prod(dtype);
          case MAX -> max(dtype);
          case MIN -> min(dtype);
        };
    int xb = from.byteSize();
    run(
        fold.to(to),
        xb,
        map,
        to.byteSize(),
        false,
        shape,
        reducedDims,
        x,
        xOffset,
        xStrides,
        y,
        yOffset);
  }

  /// `Σ (x - mean)² / (n - correction)`, or its root; NaN or infinity where `n` is too small.
  ///
  /// @param dtype dtype of operand and result, F32 or F64
  /// @param correction subtracted from the number of elements
  /// @param root whether the root is wanted
  /// @param shape shape of the operand, kept dims first
  /// @param reducedDims how many dims at the end are reduced
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param y result
  /// @param yOffset its first element
  public static void variance(
      DType dtype,
      double correction,
      boolean root,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    MomentFold.Loops loops =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? F32Moments.vector() : F32Moments.LOOPS;
          case F64 -> Dispatch.vector() ? F64Moments.vector() : F64Moments.LOOPS;
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("var", dtype);
        };
    MomentFold fold = new MomentFold(dtype, correction, root, loops);
    int bytes = dtype.byteSize();
    run(fold, bytes, null, bytes, false, shape, reducedDims, x, xOffset, xStrides, y, yOffset);
  }

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
    int bytes = dtype.byteSize();
    run(
        sum(dtype),
        bytes,
        null,
        bytes,
        false,
        shape,
        reducedDims,
        x,
        xOffset,
        xStrides,
        y,
        yOffset);
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
    int bytes = dtype.byteSize();
    run(
        prod(dtype),
        bytes,
        null,
        bytes,
        false,
        shape,
        reducedDims,
        x,
        xOffset,
        xStrides,
        y,
        yOffset);
  }

  /// Largest elements; NaN where one is among them. Callers refuse to reduce nothing.
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
    int bytes = dtype.byteSize();
    run(
        max(dtype),
        bytes,
        null,
        bytes,
        false,
        shape,
        reducedDims,
        x,
        xOffset,
        xStrides,
        y,
        yOffset);
  }

  /// Smallest elements; NaN where one is among them. Callers refuse to reduce nothing.
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
    int bytes = dtype.byteSize();
    run(
        min(dtype),
        bytes,
        null,
        bytes,
        false,
        shape,
        reducedDims,
        x,
        xOffset,
        xStrides,
        y,
        yOffset);
  }

  /// Positions of the largest elements: the first one in the flattened reduced dims, which must not
  /// be empty. A NaN counts as the largest.
  ///
  /// @param dtype dtype of the operand
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
    ArgFold fold =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32ArgFolds.MAX : F32ArgFolds.MAX;
          case F64 -> Dispatch.vector() ? VectorF64ArgFolds.MAX : F64ArgFolds.MAX;
          case I32 -> Dispatch.vector() ? VectorI32ArgFolds.MAX : I32ArgFolds.MAX;
          case I64 -> Dispatch.vector() ? VectorI64ArgFolds.MAX : I64ArgFolds.MAX;
          case U8, BOOL, BF16, F16 -> throw unsupported("argmax", dtype);
        };
    int bytes = dtype.byteSize();
    run(fold, bytes, null, Long.BYTES, true, shape, reducedDims, x, xOffset, xStrides, y, yOffset);
  }

  /// Positions of the smallest elements: the first one in the flattened reduced dims, which must
  /// not be empty. A NaN counts as the smallest.
  ///
  /// @param dtype dtype of the operand
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
    ArgFold fold =
        switch (dtype) {
          case F32 -> Dispatch.vector() ? VectorF32ArgFolds.MIN : F32ArgFolds.MIN;
          case F64 -> Dispatch.vector() ? VectorF64ArgFolds.MIN : F64ArgFolds.MIN;
          case I32 -> Dispatch.vector() ? VectorI32ArgFolds.MIN : I32ArgFolds.MIN;
          case I64 -> Dispatch.vector() ? VectorI64ArgFolds.MIN : I64ArgFolds.MIN;
          case U8, BOOL, BF16, F16 -> throw unsupported("argmin", dtype);
        };
    int bytes = dtype.byteSize();
    run(fold, bytes, null, Long.BYTES, true, shape, reducedDims, x, xOffset, xStrides, y, yOffset);
  }

  private static void run(
      Fold fold,
      int xb,
      @Nullable UnaryRow map,
      int yb,
      boolean ordered,
      long[] shape,
      int reducedDims,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      MemorySegment y,
      long yOffset) {
    ReducedShape reduced = new ReducedShape(shape, reducedDims, xStrides, xb, ordered);
    boolean large = StridedLoop.product(shape) >= Walk.CHUNK;
    MemorySegment xa = large ? Workers.alias(x) : x;
    MemorySegment ya = large ? Workers.alias(y) : y;
    FoldSource source = new FoldSource(fold, xa, xOffset * xb, xb, map, reduced);
    new FoldRun(fold, reduced, source, ya, yOffset * yb, yb).run();
  }

  private static ValueFold sum(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Folds.SUMS : F32Folds.SUMS;
      case F64 -> Dispatch.vector() ? VectorF64Folds.SUMS : F64Folds.SUMS;
      case I32 -> Dispatch.vector() ? VectorI32Folds.SUMS : I32Folds.SUMS;
      case I64 -> Dispatch.vector() ? VectorI64Folds.SUMS : I64Folds.SUMS;
      case U8, BOOL, BF16, F16 -> throw unsupported("sum", dtype);
    };
  }

  private static ValueFold prod(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Folds.PRODUCTS : F32Folds.PRODUCTS;
      case F64 -> Dispatch.vector() ? VectorF64Folds.PRODUCTS : F64Folds.PRODUCTS;
      case I32 -> Dispatch.vector() ? VectorI32Folds.PRODUCTS : I32Folds.PRODUCTS;
      case I64 -> Dispatch.vector() ? VectorI64Folds.PRODUCTS : I64Folds.PRODUCTS;
      case U8, BOOL, BF16, F16 -> throw unsupported("prod", dtype);
    };
  }

  private static ValueFold max(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Folds.MAXIMA : F32Folds.MAXIMA;
      case F64 -> Dispatch.vector() ? VectorF64Folds.MAXIMA : F64Folds.MAXIMA;
      case I32 -> Dispatch.vector() ? VectorI32Folds.MAXIMA : I32Folds.MAXIMA;
      case I64 -> Dispatch.vector() ? VectorI64Folds.MAXIMA : I64Folds.MAXIMA;
      case U8, BOOL, BF16, F16 -> throw unsupported("max", dtype);
    };
  }

  private static ValueFold min(DType dtype) {
    return switch (dtype) {
      case F32 -> Dispatch.vector() ? VectorF32Folds.MINIMA : F32Folds.MINIMA;
      case F64 -> Dispatch.vector() ? VectorF64Folds.MINIMA : F64Folds.MINIMA;
      case I32 -> Dispatch.vector() ? VectorI32Folds.MINIMA : I32Folds.MINIMA;
      case I64 -> Dispatch.vector() ? VectorI64Folds.MINIMA : I64Folds.MINIMA;
      case U8, BOOL, BF16, F16 -> throw unsupported("min", dtype);
    };
  }
}
