package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Feeds the elements of an operand to a [Fold]: from where they are when they lie one after the
/// other in plain [Memory], else block by block through a small buffer, where a row kernel may
/// change or convert them first. Offsets are bytes.
final class FoldSource {
  private static final int ROOM = RowBuffer.ALL_BYTES;

  /// Rows below this length cost more to begin and end than to go through.
  private static final int SHORT = 32;

  /// From this many on they are worth turning.
  private static final int MANY = 16;

  private final Fold fold;
  private final MemorySegment x;
  private final long xo;
  private final int bytes;
  private final UnaryRow load;
  private final boolean direct;

  /// @param bytes of an element of the operand
  /// @param map makes elements of the fold's dtype out of those of the operand; null for as is
  /// @param shape says which elements will be asked for
  FoldSource(
      Fold fold, MemorySegment x, long xo, int bytes, @Nullable UnaryRow map, ReducedShape shape) {
    this.fold = fold;
    this.x = x;
    this.xo = xo;
    this.bytes = bytes;
    load = map == null ? StridedLoads.of(bytes) : map;
    direct = map == null && Memory.isPlain(x);
    if (direct && shape.count() * shape.outer() * shape.line() > 0) {
      long from = xo + shape.lowest();
      Objects.checkFromIndexSize(from, xo + shape.highest() + bytes - from, x.byteSize());
    }
  }

  /// As [Fold#rows], of elements `xs` bytes apart.
  void rows(
      long at,
      long rowStride,
      int count,
      long xs,
      long n,
      long first,
      long[] into,
      int cell,
      int plane) {
    if (n < SHORT && count >= MANY) {
      across(at, rowStride, count, xs, (int) n, first, into, cell, plane);
      return;
    }
    if (direct && xs == bytes) {
      fold.rows(x.address() + xo + at, rowStride, count, n, first, into, cell, plane);
      return;
    }
    RowBuffer buffer = RowBuffer.take();
    long to = buffer.address(0);
    long size = fold.bytes();
    long room = ROOM / Math.max(bytes, size);
    int perLoad = (int) Math.max(1, Math.min(count, room / n));
    for (int r = 0; r < count; r += perLoad) {
      int m = Math.min(perLoad, count - r);
      for (long i = 0; i < n; i += room) {
        long length = Math.min(room, n - i);
        load(xo + at + r * rowStride + i * xs, rowStride, m, xs, length, to);
        fold.rows(to, length * size, m, length, first + i, into, cell + r, plane);
      }
    }
    buffer.release();
  }

  /// Many short rows are turned into a few long ones, side by side.
  private void across(
      long at,
      long rowStride,
      int count,
      long xs,
      int n,
      long first,
      long[] into,
      int cell,
      int plane) {
    RowBuffer buffer = RowBuffer.take();
    long to = buffer.address(0);
    int size = fold.bytes();
    int perLoad = Math.min(count, ROOM / (n * size));
    for (int r = 0; r < count; r += perLoad) {
      int m = Math.min(perLoad, count - r);
      long from = xo + at + r * rowStride;
      for (int i = 0; i < n; i++) {
        load.apply(x, from + i * xs, rowStride, Memory.ALL, to + (long) i * m * size, size, m);
      }
      fold.columns(to, (long) m * size, n, m, first, into, cell + r, plane);
    }
    buffer.release();
  }

  /// As [Fold#columns], of elements `xs` bytes apart.
  void columns(
      long at,
      long rowStride,
      long rows,
      long xs,
      int columns,
      long first,
      long[] into,
      int cell,
      int plane) {
    if (direct && xs == bytes) {
      fold.columns(x.address() + xo + at, rowStride, rows, columns, first, into, cell, plane);
      return;
    }
    RowBuffer buffer = RowBuffer.take();
    long to = buffer.address(0);
    int size = fold.bytes();
    long perLoad = Math.max(1, ROOM / (columns * (long) Math.max(bytes, size)));
    for (long r = 0; r < rows; r += perLoad) {
      int m = (int) Math.min(perLoad, rows - r);
      load(xo + at + r * rowStride, rowStride, m, xs, columns, to);
      fold.columns(to, columns * (long) size, m, columns, first + r, into, cell, plane);
    }
    buffer.release();
  }

  /// Brings `count` rows of `n` elements into a buffer, one after the other.
  private void load(long from, long rowStride, int count, long xs, long n, long to) {
    int size = fold.bytes();
    if (rowStride == n * xs) {
      load.apply(x, from, xs, Memory.ALL, to, size, count * n);
      return;
    }
    for (int r = 0; r < count; r++) {
      load.apply(x, from + r * rowStride, xs, Memory.ALL, to + r * n * size, size, n);
    }
  }
}
