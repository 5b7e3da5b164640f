package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Row kernels out of loops over plain [Memory], element by element with any strides. Operands in
/// other memory go through a small buffer, block by block.
final class PlainRows {
  /// A loop with one operand; operands are addresses, strides bytes.
  @FunctionalInterface
  interface Loop {
    void run(long x, long xs, long y, long ys, long n);
  }

  /// A loop with two operands.
  @FunctionalInterface
  interface Loop2 {
    void run(long a, long as, long b, long bs, long y, long ys, long n);
  }

  /// A loop that chooses between two operands by a third.
  @FunctionalInterface
  interface Choice {
    void run(long c, long cs, long a, long as, long b, long bs, long y, long ys, long n);
  }

  private PlainRows() {}

  /// @param xb bytes of an element of the operand
  /// @param yb bytes of an element of the result
  static UnaryRow of(int xb, int yb, Loop loop) {
    return (x, xo, xs, y, yo, ys, n) -> {
      if (Memory.isPlain(x) && Memory.isPlain(y)) {
        long px = Memory.address(x, xo, xs, xb, n);
        loop.run(px, xs, Memory.address(y, yo, ys, yb, n), ys, n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      for (long i = 0; i < n; i += RowBuffer.BLOCK) {
        long m = Math.min(RowBuffer.BLOCK, n - i);
        loop.run(buffer.load(i, 1, xb, x, xo, xs, m), xb, buffer.address(0), yb, m);
        buffer.store(yb, y, yo + i * ys, ys, m);
      }
      buffer.release();
    };
  }

  /// @param xb bytes of an element of either operand
  /// @param yb bytes of an element of the result
  static BinaryRow of(int xb, int yb, Loop2 loop) {
    return (a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      if (Memory.isPlain(a) && Memory.isPlain(b) && Memory.isPlain(y)) {
        long pa = Memory.address(a, ao, as, xb, n);
        long pb = Memory.address(b, bo, bs, xb, n);
        loop.run(pa, as, pb, bs, Memory.address(y, yo, ys, yb, n), ys, n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      for (long i = 0; i < n; i += RowBuffer.BLOCK) {
        long m = Math.min(RowBuffer.BLOCK, n - i);
        long pa = buffer.load(i, 1, xb, a, ao, as, m);
        long pb = buffer.load(i, 2, xb, b, bo, bs, m);
        loop.run(pa, xb, pb, xb, buffer.address(0), yb, m);
        buffer.store(yb, y, yo + i * ys, ys, m);
      }
      buffer.release();
    };
  }

  /// @param bytes of an element of the operands to choose from and of the result
  static TernaryRow of(int bytes, Choice loop) {
    return (c, co, cs, a, ao, as, b, bo, bs, y, yo, ys, n) -> {
      if (isPlain(c, a) && isPlain(b, y)) {
        long pc = Memory.address(c, co, cs, 1, n);
        long pa = Memory.address(a, ao, as, bytes, n);
        long pb = Memory.address(b, bo, bs, bytes, n);
        loop.run(pc, cs, pa, as, pb, bs, Memory.address(y, yo, ys, bytes, n), ys, n);
        return;
      }
      RowBuffer buffer = RowBuffer.take();
      for (long i = 0; i < n; i += RowBuffer.BLOCK) {
        long m = Math.min(RowBuffer.BLOCK, n - i);
        long pc = buffer.load(i, 1, 1, c, co, cs, m);
        long pa = buffer.load(i, 2, bytes, a, ao, as, m);
        long pb = buffer.load(i, 3, bytes, b, bo, bs, m);
        loop.run(pc, 1, pa, bytes, pb, bytes, buffer.address(0), bytes, m);
        buffer.store(bytes, y, yo + i * ys, ys, m);
      }
      buffer.release();
    };
  }

  private static boolean isPlain(MemorySegment x, MemorySegment y) {
    return Memory.isPlain(x) && Memory.isPlain(y);
  }
}
