package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Row kernels out of two loops over contiguous elements: one over whole vectors and one for the
/// elements that do not fill another. Each is a method of its own, so that the compiler sees how
/// often its calls run and inlines them whatever lengths the rows have.
///
/// Rows that are not contiguous go through a small buffer, block by block.
final class VectorRows {
  /// Elements of a block.
  private static final int BLOCK = 256;

  private static final int F32_LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int F64_LANES = DoubleVector.SPECIES_PREFERRED.length();

  /// A loop with one operand.
  @FunctionalInterface
  interface Loop {
    void run(MemorySegment x, long xo, MemorySegment y, long yo, long n);
  }

  /// A loop with two operands.
  @FunctionalInterface
  interface Loop2 {
    void run(MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment y, long yo, long n);
  }

  private VectorRows() {}

  static UnaryRow ofF32(Loop whole, Loop rest) {
    return of(DType.F32, F32_LANES, whole, rest);
  }

  static UnaryRow ofF64(Loop whole, Loop rest) {
    return of(DType.F64, F64_LANES, whole, rest);
  }

  static BinaryRow ofF32(Loop2 whole, Loop2 rest) {
    return of(DType.F32, F32_LANES, whole, rest);
  }

  static BinaryRow ofF64(Loop2 whole, Loop2 rest) {
    return of(DType.F64, F64_LANES, whole, rest);
  }

  private static UnaryRow of(DType dtype, int lanes, Loop whole, Loop rest) {
    int bytes = dtype.byteSize();
    UnaryRow contiguous =
        (x, xo, xs, y, yo, ys, n) -> {
          long end = n & -lanes;
          if (end > 0) {
            whole.run(x, xo, y, yo, end);
          }
          if (end < n) {
            rest.run(x, xo + end * bytes, y, yo + end * bytes, n - end);
          }
        };
    UnaryRow copy = CopyKernels.copy(dtype);
    return (x, xo, xs, y, yo, ys, n) -> {
      if (xs == bytes && ys == bytes) {
        contiguous.apply(x, xo, xs, y, yo, ys, n);
        return;
      }
      MemorySegment block = RowBuffer.take();
      for (long i = 0; i < n; i += BLOCK) {
        long m = Math.min(BLOCK, n - i);
        copy.apply(x, xo + i * xs, xs, block, 0, bytes, m);
        contiguous.apply(block, 0, bytes, block, 0, bytes, m);
        copy.apply(block, 0, bytes, y, yo + i * ys, ys, m);
      }
      RowBuffer.release(block);
    };
  }

  private static BinaryRow of(DType dtype, int lanes, Loop2 whole, Loop2 rest) {
    int bytes = dtype.byteSize();
    BinaryRow contiguous =
        (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
          long end = n & -lanes;
          if (end > 0) {
            whole.run(a, ao, b, bo, y, yo, end);
          }
          if (end < n) {
            long at = end * bytes;
            rest.run(a, ao + at, b, bo + at, y, yo + at, n - end);
          }
        };
    UnaryRow copy = CopyKernels.copy(dtype);
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      if (as == bytes && bs == bytes && ys == bytes) {
        contiguous.apply(a, ao, as, b, bo, bs, y, yo, ys, n);
        return;
      }
      MemorySegment block = RowBuffer.take();
      long other = (long) BLOCK * bytes;
      for (long i = 0; i < n; i += BLOCK) {
        long m = Math.min(BLOCK, n - i);
        copy.apply(a, ao + i * as, as, block, 0, bytes, m);
        copy.apply(b, bo + i * bs, bs, block, other, bytes, m);
        contiguous.apply(block, 0, bytes, block, other, bytes, block, 0, bytes, m);
        copy.apply(block, 0, bytes, y, yo + i * ys, ys, m);
      }
      RowBuffer.release(block);
    };
  }
}
