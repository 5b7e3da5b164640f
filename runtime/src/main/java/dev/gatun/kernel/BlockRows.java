package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.lang.foreign.MemorySegment;

/// Row kernels out of a vector loop over whole blocks of contiguous elements and of a reference
/// kernel, which has the elements that fill no block, and rows that the loop does not take: short
/// ones, those of other strides and those in memory that may be closed meanwhile. Operands and
/// results may differ in size.
///
/// An operand that is repeated stands in a small buffer as often as a part of the row is long.
final class BlockRows {
  private BlockRows() {}

  /// @param xb bytes of an element of the operand
  /// @param yb bytes of an element of the result
  /// @param block elements, a power of two no larger than a [RowBuffer]'s
  static UnaryRow of(int xb, int yb, int block, VectorRows.Loop whole, UnaryRow reference) {
    return new Row(xb, yb, block, whole, reference);
  }

  /// @param xb bytes of an element of either operand
  /// @param yb bytes of an element of the result
  /// @param block elements, a power of two no larger than a [RowBuffer]'s
  static BinaryRow of(int xb, int yb, int block, VectorRows.Loop2 whole, BinaryRow reference) {
    return new Row2(xb, yb, block, whole, reference);
  }

  /// @param ab bytes of an element of the first operand
  /// @param xb bytes of an element of the others and of the result
  /// @param block elements, a power of two no larger than a [RowBuffer]'s
  static TernaryRow of(int ab, int xb, int block, VectorRows.Loop3 whole, TernaryRow reference) {
    return new Row3(ab, xb, block, whole, reference);
  }

  private static boolean takes(MemorySegment x, long stride, int bytes) {
    return (stride == bytes || stride == 0) && Memory.isPlain(x);
  }

  /// Where the elements of a part of a row are: where they were, or repeated in a buffer.
  private static long repeat(
      RowBuffer buffer, int block, int bytes, MemorySegment x, long xo, long stride, long n) {
    if (stride != 0) {
      return Memory.address(x, xo, stride, bytes, n);
    }
    long count = Math.min(n, RowBuffer.BLOCK);
    Moves.copy(bytes).apply(x, xo, 0, ALL, buffer.address(block), bytes, count);
    return buffer.address(block);
  }

  private record Row(int xb, int yb, int block, VectorRows.Loop whole, UnaryRow reference)
      implements UnaryRow {
    @Override
    public void apply(
        MemorySegment x, long xo, long xs, MemorySegment y, long yo, long ys, long n) {
      long end = 0;
      if (n >= block && xs == xb && ys == yb && Memory.isPlain(x) && Memory.isPlain(y)) {
        end = n & -block;
        long from = Memory.address(x, xo, xs, xb, n);
        whole.run(from, Memory.address(y, yo, ys, yb, n), end);
      }
      if (end < n) {
        reference.apply(x, xo + end * xs, xs, y, yo + end * ys, ys, n - end);
      }
    }
  }

  private record Row2(int xb, int yb, int block, VectorRows.Loop2 whole, BinaryRow reference)
      implements BinaryRow {
    @Override
    public void apply(
        MemorySegment a,
        long ao,
        long as,
        MemorySegment b,
        long bo,
        long bs,
        MemorySegment y,
        long yo,
        long ys,
        long n) {
      long end = 0;
      if (n >= block && ys == yb && takes(a, as, xb) && takes(b, bs, xb) && Memory.isPlain(y)) {
        end = n & -block;
        long py = Memory.address(y, yo, ys, yb, n);
        if (as != 0 && bs != 0) {
          long pa = Memory.address(a, ao, as, xb, n);
          whole.run(pa, Memory.address(b, bo, bs, xb, n), py, end);
        } else {
          repeated(a, ao, as, b, bo, bs, py, end);
        }
      }
      if (end < n) {
        long rest = n - end;
        reference.apply(a, ao + end * as, as, b, bo + end * bs, bs, y, yo + end * ys, ys, rest);
      }
    }

    private void repeated(
        MemorySegment a, long ao, long as, MemorySegment b, long bo, long bs, long py, long n) {
      RowBuffer buffer = RowBuffer.take();
      try {
        long pa = repeat(buffer, 1, xb, a, ao, as, n);
        long pb = repeat(buffer, 2, xb, b, bo, bs, n);
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          whole.run(pa + i * as, pb + i * bs, py + i * yb, m);
        }
      } finally {
        buffer.release();
      }
    }
  }

  private record Row3(int ab, int xb, int block, VectorRows.Loop3 whole, TernaryRow reference)
      implements TernaryRow {
    @Override
    public void apply(
        MemorySegment a,
        long ao,
        long as,
        MemorySegment b,
        long bo,
        long bs,
        MemorySegment c,
        long co,
        long cs,
        MemorySegment y,
        long yo,
        long ys,
        long n) {
      long end = 0;
      if (n >= block
          && ys == xb
          && takes(a, as, ab)
          && takes(b, bs, xb)
          && takes(c, cs, xb)
          && Memory.isPlain(y)) {
        end = n & -block;
        long py = Memory.address(y, yo, ys, xb, n);
        if (as != 0 && bs != 0 && cs != 0) {
          long pa = Memory.address(a, ao, as, ab, n);
          long pb = Memory.address(b, bo, bs, xb, n);
          whole.run(pa, pb, Memory.address(c, co, cs, xb, n), py, end);
        } else {
          repeated(a, ao, as, b, bo, bs, c, co, cs, py, end);
        }
      }
      if (end < n) {
        long rest = n - end;
        long fa = ao + end * as;
        long fb = bo + end * bs;
        reference.apply(a, fa, as, b, fb, bs, c, co + end * cs, cs, y, yo + end * ys, ys, rest);
      }
    }

    private void repeated(
        MemorySegment a,
        long ao,
        long as,
        MemorySegment b,
        long bo,
        long bs,
        MemorySegment c,
        long co,
        long cs,
        long py,
        long n) {
      RowBuffer buffer = RowBuffer.take();
      try {
        long pa = repeat(buffer, 1, ab, a, ao, as, n);
        long pb = repeat(buffer, 2, xb, b, bo, bs, n);
        long pc = repeat(buffer, 3, xb, c, co, cs, n);
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          whole.run(pa + i * as, pb + i * bs, pc + i * cs, py + i * xb, m);
        }
      } finally {
        buffer.release();
      }
    }
  }
}
