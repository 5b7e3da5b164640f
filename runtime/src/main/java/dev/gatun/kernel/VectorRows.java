package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Row kernels out of two loops over contiguous elements of plain [Memory]: one over whole vectors,
/// one for the elements that do not fill another. Each is a method of its own, so that the compiler
/// sees how often its calls run and inlines them whatever lengths the rows have.
///
/// An operand with another stride, or in memory that may be closed meanwhile, goes through a small
/// buffer, block by block: with that, the loops are written once.
final class VectorRows {
  /// Elements of a block.
  static final int BLOCK = 512;

  private static final int F32_LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int F64_LANES = DoubleVector.SPECIES_PREFERRED.length();

  // Without masks in hardware a masked load reads all lanes: only in the buffer is that allowed.
  private static final boolean MASKS = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 256;

  /// A loop with one operand; operands are addresses.
  @FunctionalInterface
  interface Loop {
    void run(long x, long y, long n);
  }

  /// A loop with two operands.
  @FunctionalInterface
  interface Loop2 {
    void run(long a, long b, long y, long n);
  }

  /// A loop with three operands.
  @FunctionalInterface
  interface Loop3 {
    void run(long a, long b, long c, long y, long n);
  }

  private VectorRows() {}

  static UnaryRow ofF32(Loop whole, Loop rest) {
    return new Row(DType.F32, F32_LANES, whole, rest);
  }

  static UnaryRow ofF64(Loop whole, Loop rest) {
    return new Row(DType.F64, F64_LANES, whole, rest);
  }

  static BinaryRow ofF32(Loop2 whole, Loop2 rest) {
    return new Row2(DType.F32, F32_LANES, whole, rest);
  }

  static BinaryRow ofF64(Loop2 whole, Loop2 rest) {
    return new Row2(DType.F64, F64_LANES, whole, rest);
  }

  static TernaryRow ofF32(Loop3 whole, Loop3 rest) {
    return new Row3(DType.F32, F32_LANES, whole, rest);
  }

  static TernaryRow ofF64(Loop3 whole, Loop3 rest) {
    return new Row3(DType.F64, F64_LANES, whole, rest);
  }

  /// Whether a loop may run on the row where it is.
  private static boolean isDirect(MemorySegment s, long stride, int bytes, int lanes, long n) {
    return stride == bytes && Memory.isPlain(s) && (MASKS || n % lanes == 0);
  }

  private record Row(DType dtype, int lanes, Loop whole, Loop rest) implements UnaryRow {
    @Override
    public void apply(
        MemorySegment x, long xo, long xs, MemorySegment y, long yo, long ys, long n) {
      int bytes = dtype.byteSize();
      if (isDirect(x, xs, bytes, lanes, n) && isDirect(y, ys, bytes, lanes, n)) {
        run(Memory.address(x, xo, n * bytes), Memory.address(y, yo, n * bytes), n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += BLOCK) {
          long m = Math.min(BLOCK, n - i);
          run(buffer.load(i, 1, dtype, x, xo, xs, m), buffer.address(0), m);
          buffer.store(dtype, y, yo + i * ys, ys, m);
        }
      } finally {
        buffer.release();
      }
    }

    private void run(long x, long y, long n) {
      long end = n & -lanes;
      if (end > 0) {
        whole.run(x, y, end);
      }
      if (end < n) {
        long at = end * dtype.byteSize();
        rest.run(x + at, y + at, n - end);
      }
    }
  }

  private record Row2(DType dtype, int lanes, Loop2 whole, Loop2 rest) implements BinaryRow {
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
      int bytes = dtype.byteSize();
      boolean directA = isDirect(a, as, bytes, lanes, n);
      boolean directB = isDirect(b, bs, bytes, lanes, n);
      boolean directY = isDirect(y, ys, bytes, lanes, n);
      long fa = directA ? Memory.address(a, ao, n * bytes) : 0;
      long fb = directB ? Memory.address(b, bo, n * bytes) : 0;
      long fy = directY ? Memory.address(y, yo, n * bytes) : 0;
      if (directA && directB && directY) {
        run(fa, fb, fy, n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += BLOCK) {
          long m = Math.min(BLOCK, n - i);
          long at = i * bytes;
          long pa = directA ? fa + at : buffer.load(i, 1, dtype, a, ao, as, m);
          long pb = directB ? fb + at : buffer.load(i, 2, dtype, b, bo, bs, m);
          run(pa, pb, directY ? fy + at : buffer.address(0), m);
          if (!directY) {
            buffer.store(dtype, y, yo + i * ys, ys, m);
          }
        }
      } finally {
        buffer.release();
      }
    }

    private void run(long a, long b, long y, long n) {
      long end = n & -lanes;
      if (end > 0) {
        whole.run(a, b, y, end);
      }
      if (end < n) {
        long at = end * dtype.byteSize();
        rest.run(a + at, b + at, y + at, n - end);
      }
    }
  }

  private record Row3(DType dtype, int lanes, Loop3 whole, Loop3 rest) implements TernaryRow {
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
      int bytes = dtype.byteSize();
      boolean directA = isDirect(a, as, bytes, lanes, n);
      boolean directB = isDirect(b, bs, bytes, lanes, n);
      boolean directC = isDirect(c, cs, bytes, lanes, n);
      boolean directY = isDirect(y, ys, bytes, lanes, n);
      long fa = directA ? Memory.address(a, ao, n * bytes) : 0;
      long fb = directB ? Memory.address(b, bo, n * bytes) : 0;
      long fc = directC ? Memory.address(c, co, n * bytes) : 0;
      long fy = directY ? Memory.address(y, yo, n * bytes) : 0;
      if (directA && directB && directC && directY) {
        run(fa, fb, fc, fy, n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      try {
        for (long i = 0; i < n; i += BLOCK) {
          long m = Math.min(BLOCK, n - i);
          long at = i * bytes;
          long pa = directA ? fa + at : buffer.load(i, 1, dtype, a, ao, as, m);
          long pb = directB ? fb + at : buffer.load(i, 2, dtype, b, bo, bs, m);
          long pc = directC ? fc + at : buffer.load(i, 3, dtype, c, co, cs, m);
          run(pa, pb, pc, directY ? fy + at : buffer.address(0), m);
          if (!directY) {
            buffer.store(dtype, y, yo + i * ys, ys, m);
          }
        }
      } finally {
        buffer.release();
      }
    }

    private void run(long a, long b, long c, long y, long n) {
      long end = n & -lanes;
      if (end > 0) {
        whole.run(a, b, c, y, end);
      }
      if (end < n) {
        long at = end * dtype.byteSize();
        rest.run(a + at, b + at, c + at, y + at, n - end);
      }
    }
  }
}
