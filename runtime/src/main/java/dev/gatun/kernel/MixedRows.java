package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Row kernels on operands and results of other dtypes than they compute in: blocks are converted
/// on their way in and out, so no operand is ever copied as a whole.
public final class MixedRows {
  /// The dtype that an operand, or a result, has, and the one that the kernel has for it.
  ///
  /// @param actual of the tensor
  /// @param computed of the kernel
  public record Cast(DType actual, DType computed) {
    boolean needed() {
      return actual != computed;
    }

    /// Converts a block of an operand; one element when it is repeated.
    private void in(MemorySegment x, long xo, long xs, long to, long n) {
      int bytes = computed.byteSize();
      long count = xs == 0 ? 1 : n;
      CopyKernels.convert(actual, computed).apply(x, xo, xs, ALL, to, bytes, count);
    }

    private void out(long from, MemorySegment y, long yo, long ys, long n) {
      int bytes = computed.byteSize();
      CopyKernels.convert(computed, actual).apply(ALL, from, bytes, y, yo, ys, n);
    }

    private long stride(long given) {
      return needed() && given != 0 ? computed.byteSize() : given;
    }
  }

  private MixedRows() {}

  /// A kernel with one operand.
  ///
  /// @param row the kernel
  /// @param x its operand
  /// @param y its result
  /// @return the same operation on the actual dtypes
  public static UnaryRow of(UnaryRow row, Cast x, Cast y) {
    return x.needed() || y.needed() ? new Row(row, x, y) : row;
  }

  /// A kernel with two operands.
  ///
  /// @param row the kernel
  /// @param a its left operand
  /// @param b its right operand
  /// @param y its result
  /// @return the same operation on the actual dtypes
  public static BinaryRow of(BinaryRow row, Cast a, Cast b, Cast y) {
    return a.needed() || b.needed() || y.needed() ? new Row2(row, a, b, y) : row;
  }

  /// A kernel with three operands.
  ///
  /// @param row the kernel
  /// @param a its first operand
  /// @param b its second operand
  /// @param c its third operand
  /// @param y its result
  /// @return the same operation on the actual dtypes
  public static TernaryRow of(TernaryRow row, Cast a, Cast b, Cast c, Cast y) {
    boolean mixed = a.needed() || b.needed() || c.needed() || y.needed();
    return mixed ? new Row3(row, a, b, c, y) : row;
  }

  private record Row(UnaryRow row, Cast x, Cast y) implements UnaryRow {
    @Override
    public void apply(
        MemorySegment xm, long xo, long xs, MemorySegment ym, long yo, long ys, long n) {
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          long px = xo + i * xs;
          if (x.needed()) {
            x.in(xm, px, xs, buffer.address(1), m);
          }
          row.apply(
              x.needed() ? ALL : xm,
              x.needed() ? buffer.address(1) : px,
              x.stride(xs),
              y.needed() ? ALL : ym,
              y.needed() ? buffer.address(0) : yo + i * ys,
              y.stride(ys),
              m);
          if (y.needed()) {
            y.out(buffer.address(0), ym, yo + i * ys, ys, m);
          }
        }
      } finally {
        buffer.release();
      }
    }
  }

  private record Row2(BinaryRow row, Cast a, Cast b, Cast y) implements BinaryRow {
    @Override
    public void apply(
        MemorySegment am,
        long ao,
        long as,
        MemorySegment bm,
        long bo,
        long bs,
        MemorySegment ym,
        long yo,
        long ys,
        long n) {
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          if (a.needed()) {
            a.in(am, ao + i * as, as, buffer.address(1), m);
          }
          if (b.needed()) {
            b.in(bm, bo + i * bs, bs, buffer.address(2), m);
          }
          row.apply(
              a.needed() ? ALL : am,
              a.needed() ? buffer.address(1) : ao + i * as,
              a.stride(as),
              b.needed() ? ALL : bm,
              b.needed() ? buffer.address(2) : bo + i * bs,
              b.stride(bs),
              y.needed() ? ALL : ym,
              y.needed() ? buffer.address(0) : yo + i * ys,
              y.stride(ys),
              m);
          if (y.needed()) {
            y.out(buffer.address(0), ym, yo + i * ys, ys, m);
          }
        }
      } finally {
        buffer.release();
      }
    }
  }

  private record Row3(TernaryRow row, Cast a, Cast b, Cast c, Cast y) implements TernaryRow {
    @Override
    public void apply(
        MemorySegment am,
        long ao,
        long as,
        MemorySegment bm,
        long bo,
        long bs,
        MemorySegment cm,
        long co,
        long cs,
        MemorySegment ym,
        long yo,
        long ys,
        long n) {
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += RowBuffer.BLOCK) {
          long m = Math.min(RowBuffer.BLOCK, n - i);
          if (a.needed()) {
            a.in(am, ao + i * as, as, buffer.address(1), m);
          }
          if (b.needed()) {
            b.in(bm, bo + i * bs, bs, buffer.address(2), m);
          }
          if (c.needed()) {
            c.in(cm, co + i * cs, cs, buffer.address(3), m);
          }
          row.apply(
              a.needed() ? ALL : am,
              a.needed() ? buffer.address(1) : ao + i * as,
              a.stride(as),
              b.needed() ? ALL : bm,
              b.needed() ? buffer.address(2) : bo + i * bs,
              b.stride(bs),
              c.needed() ? ALL : cm,
              c.needed() ? buffer.address(3) : co + i * cs,
              c.stride(cs),
              y.needed() ? ALL : ym,
              y.needed() ? buffer.address(0) : yo + i * ys,
              y.stride(ys),
              m);
          if (y.needed()) {
            y.out(buffer.address(0), ym, yo + i * ys, ys, m);
          }
        }
      } finally {
        buffer.release();
      }
    }
  }
}
