package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Indexing along one dim. A shape is seen as `[outer, size, inner]` around that dim; all operands
/// are contiguous, offsets are elements, indices are I64.
///
/// Every method returns the flat position of the first index that is negative or not below the
/// dim's size, and then has changed nothing; or -1 when there is none.
public final class IndexKernels {
  private IndexKernels() {}

  /// `y[o,j,i] = x[o, index[o,j,i], i]`. Every dtype.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim in `x`
  /// @param inner product of the sizes behind the dim
  /// @param k size of the dim in `index` and `y`
  /// @param x operand `[outer, size, inner]`
  /// @param xOffset its first element
  /// @param index indices `[outer, k, inner]`
  /// @param indexOffset its first element
  /// @param y result `[outer, k, inner]`
  /// @param yOffset its first element
  /// @return position of the first bad index, or -1
  public static long gather(
      DType dtype,
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xOffset,
      MemorySegment index,
      long indexOffset,
      MemorySegment y,
      long yOffset) {
    long io = indexOffset * Long.BYTES;
    long bad = firstBad(index, io, outer * k * inner, size);
    if (bad >= 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    long xo = xOffset * bytes;
    long yo = yOffset * bytes;
    switch (dtype) {
      case F32, I32 -> IndexLoops.gather4(outer, size, inner, k, x, xo, index, io, y, yo);
      case F64, I64 -> IndexLoops.gather8(outer, size, inner, k, x, xo, index, io, y, yo);
      case BF16, F16 -> IndexLoops.gather2(outer, size, inner, k, x, xo, index, io, y, yo);
      case U8, BOOL -> IndexLoops.gather1(outer, size, inner, k, x, xo, index, io, y, yo);
    }
    return -1;
  }

  /// `y[o, index[o,j,i], i] += x[o,j,i]`, in the order of `j`: the backward pass of [#gather].
  ///
  /// @param dtype F32 or F64
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim in `y`
  /// @param inner product of the sizes behind the dim
  /// @param k size of the dim in `index` and `x`
  /// @param x summands `[outer, k, inner]`
  /// @param xOffset its first element
  /// @param index indices `[outer, k, inner]`
  /// @param indexOffset its first element
  /// @param y result `[outer, size, inner]`, added to
  /// @param yOffset its first element
  /// @return position of the first bad index, or -1
  public static long scatterAdd(
      DType dtype,
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xOffset,
      MemorySegment index,
      long indexOffset,
      MemorySegment y,
      long yOffset) {
    long io = indexOffset * Long.BYTES;
    long bad = firstBad(index, io, outer * k * inner, size);
    if (bad >= 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    long xo = xOffset * bytes;
    long yo = yOffset * bytes;
    switch (dtype) {
      case F32 -> IndexLoops.scatterAddF32(outer, size, inner, k, x, xo, index, io, y, yo);
      case F64 -> IndexLoops.scatterAddF64(outer, size, inner, k, x, xo, index, io, y, yo);
      case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("scatterAdd", dtype);
    }
    return -1;
  }

  /// `y[o,j,:] = x[o, index[j], :]`, row by row. Every dtype.
  ///
  /// @param dtype dtype of `x` and `y`
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim in `x`
  /// @param inner product of the sizes behind the dim
  /// @param k number of indices, the size of the dim in `y`
  /// @param x operand `[outer, size, inner]`
  /// @param xOffset its first element
  /// @param index indices `[k]`
  /// @param indexOffset its first element
  /// @param y result `[outer, k, inner]`
  /// @param yOffset its first element
  /// @return position of the first bad index, or -1
  public static long indexSelect(
      DType dtype,
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xOffset,
      MemorySegment index,
      long indexOffset,
      MemorySegment y,
      long yOffset) {
    long io = indexOffset * Long.BYTES;
    long bad = firstBad(index, io, k, size);
    if (bad >= 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    UnaryRow copy = CopyKernels.copy(dtype);
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        long from = xOffset + (o * size + i64(index, io + j * Long.BYTES)) * inner;
        long to = yOffset + (o * k + j) * inner;
        copy.apply(x, from * bytes, bytes, y, to * bytes, bytes, inner);
      }
    }
    return -1;
  }

  /// `y[o, index[j], :] += x[o,j,:]`, in the order of `j`: the backward pass of [#indexSelect].
  ///
  /// @param dtype F32 or F64
  /// @param outer product of the sizes before the dim
  /// @param size size of the dim in `y`
  /// @param inner product of the sizes behind the dim
  /// @param k number of indices, the size of the dim in `x`
  /// @param x summands `[outer, k, inner]`
  /// @param xOffset its first element
  /// @param index indices `[k]`
  /// @param indexOffset its first element
  /// @param y result `[outer, size, inner]`, added to
  /// @param yOffset its first element
  /// @return position of the first bad index, or -1
  public static long indexAdd(
      DType dtype,
      long outer,
      long size,
      long inner,
      long k,
      MemorySegment x,
      long xOffset,
      MemorySegment index,
      long indexOffset,
      MemorySegment y,
      long yOffset) {
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw unsupported("indexAdd", dtype);
    }
    long io = indexOffset * Long.BYTES;
    long bad = firstBad(index, io, k, size);
    if (bad >= 0) {
      return bad;
    }
    int bytes = dtype.byteSize();
    BinaryRow add = ArithmeticKernels.add(dtype);
    for (long o = 0; o < outer; o++) {
      for (long j = 0; j < k; j++) {
        long from = (xOffset + (o * k + j) * inner) * bytes;
        long to = (yOffset + (o * size + i64(index, io + j * Long.BYTES)) * inner) * bytes;
        add.apply(y, to, bytes, x, from, bytes, y, to, bytes, inner);
      }
    }
    return -1;
  }

  private static long firstBad(MemorySegment index, long io, long n, long size) {
    for (long i = 0; i < n; i++) {
      long value = i64(index, io + i * Long.BYTES);
      if (value < 0 || value >= size) {
        return i;
      }
    }
    return -1;
  }
}
