package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Elementwise operations over operands of one shape and any strides.
///
/// Offsets and strides are elements here; a stride of 0 broadcasts. The result comes last and must
/// not broadcast. Large operations are split over [Workers] in chunks of a fixed size.
public final class StridedLoop {
  private StridedLoop() {}

  /// Applies a row kernel with one operand over a whole shape.
  ///
  /// @param row the operation
  /// @param shape the common shape
  /// @param x operand
  /// @param xOffset its first element
  /// @param xStrides elements from one position to the next, per dim
  /// @param xBytes bytes of one element
  /// @param y result
  /// @param yOffset its first element
  /// @param yStrides elements from one position to the next, per dim
  /// @param yBytes bytes of one element
  public static void unary(
      UnaryRow row,
      long[] shape,
      MemorySegment x,
      long xOffset,
      long[] xStrides,
      int xBytes,
      MemorySegment y,
      long yOffset,
      long[] yStrides,
      int yBytes) {
    long n = product(shape);
    if (n < 2 * Walk.CHUNK && isDense(shape, xStrides) && isDense(shape, yStrides)) {
      row.apply(x, xOffset * xBytes, xBytes, y, yOffset * yBytes, yBytes, n);
      return;
    }
    long[][] strides = {Walk.bytes(xStrides, xBytes), Walk.bytes(yStrides, yBytes)};
    Walk walk = Walk.of(shape.clone(), strides, new long[] {xOffset * xBytes, yOffset * yBytes});
    MemorySegment xa = walk.isLarge() ? Workers.alias(x) : x;
    MemorySegment ya = walk.isLarge() ? Workers.alias(y) : y;
    if (Moves.isCopy(row) && xBytes == yBytes && Transposition.copy(walk, xBytes, xa, ya)) {
      return;
    }
    if (TurnedTiles.pay(walk)
        && TurnedTiles.run(
            walk,
            new int[] {xBytes, yBytes},
            new MemorySegment[] {xa, ya},
            (s, at, st, m) -> row.apply(s[0], at[0], st[0], s[1], at[1], st[1], m))) {
      return;
    }
    long xs = walk.rowStride(0);
    long ys = walk.rowStride(1);
    walk.run((at, m) -> row.apply(xa, at[0], xs, ya, at[1], ys, m));
  }

  /// Applies a row kernel with two operands over a whole shape.
  ///
  /// @param row the operation
  /// @param shape the common shape
  /// @param a left operand
  /// @param aOffset its first element
  /// @param aStrides elements from one position to the next, per dim
  /// @param aBytes bytes of one element
  /// @param b right operand
  /// @param bOffset its first element
  /// @param bStrides elements from one position to the next, per dim
  /// @param bBytes bytes of one element
  /// @param y result
  /// @param yOffset its first element
  /// @param yStrides elements from one position to the next, per dim
  /// @param yBytes bytes of one element
  public static void binary(
      BinaryRow row,
      long[] shape,
      MemorySegment a,
      long aOffset,
      long[] aStrides,
      int aBytes,
      MemorySegment b,
      long bOffset,
      long[] bStrides,
      int bBytes,
      MemorySegment y,
      long yOffset,
      long[] yStrides,
      int yBytes) {
    long n = product(shape);
    long ao = aOffset * aBytes;
    long bo = bOffset * bBytes;
    long yo = yOffset * yBytes;
    if (n < 2 * Walk.CHUNK
        && isDense(shape, aStrides)
        && isDense(shape, bStrides)
        && isDense(shape, yStrides)) {
      row.apply(a, ao, aBytes, b, bo, bBytes, y, yo, yBytes, n);
      return;
    }
    long[][] strides = {
      Walk.bytes(aStrides, aBytes), Walk.bytes(bStrides, bBytes), Walk.bytes(yStrides, yBytes)
    };
    Walk walk = Walk.of(shape.clone(), strides, new long[] {ao, bo, yo});
    MemorySegment aa = walk.isLarge() ? Workers.alias(a) : a;
    MemorySegment ba = walk.isLarge() ? Workers.alias(b) : b;
    MemorySegment ya = walk.isLarge() ? Workers.alias(y) : y;
    if (TurnedTiles.pay(walk)
        && TurnedTiles.run(
            walk,
            new int[] {aBytes, bBytes, yBytes},
            new MemorySegment[] {aa, ba, ya},
            (s, at, st, m) ->
                row.apply(s[0], at[0], st[0], s[1], at[1], st[1], s[2], at[2], st[2], m))) {
      return;
    }
    long as = walk.rowStride(0);
    long bs = walk.rowStride(1);
    long ys = walk.rowStride(2);
    walk.run((at, m) -> row.apply(aa, at[0], as, ba, at[1], bs, ya, at[2], ys, m));
  }

  /// Applies a row kernel with three operands over a whole shape.
  ///
  /// @param row the operation
  /// @param shape the common shape
  /// @param a first operand
  /// @param aOffset its first element
  /// @param aStrides elements from one position to the next, per dim
  /// @param aBytes bytes of one element
  /// @param b second operand
  /// @param bOffset its first element
  /// @param bStrides elements from one position to the next, per dim
  /// @param bBytes bytes of one element
  /// @param c third operand
  /// @param cOffset its first element
  /// @param cStrides elements from one position to the next, per dim
  /// @param cBytes bytes of one element
  /// @param y result
  /// @param yOffset its first element
  /// @param yStrides elements from one position to the next, per dim
  /// @param yBytes bytes of one element
  public static void ternary(
      TernaryRow row,
      long[] shape,
      MemorySegment a,
      long aOffset,
      long[] aStrides,
      int aBytes,
      MemorySegment b,
      long bOffset,
      long[] bStrides,
      int bBytes,
      MemorySegment c,
      long cOffset,
      long[] cStrides,
      int cBytes,
      MemorySegment y,
      long yOffset,
      long[] yStrides,
      int yBytes) {
    long[][] strides = {
      Walk.bytes(aStrides, aBytes),
      Walk.bytes(bStrides, bBytes),
      Walk.bytes(cStrides, cBytes),
      Walk.bytes(yStrides, yBytes)
    };
    long[] starts = {aOffset * aBytes, bOffset * bBytes, cOffset * cBytes, yOffset * yBytes};
    Walk walk = Walk.of(shape.clone(), strides, starts);
    MemorySegment aa = walk.isLarge() ? Workers.alias(a) : a;
    MemorySegment ba = walk.isLarge() ? Workers.alias(b) : b;
    MemorySegment ca = walk.isLarge() ? Workers.alias(c) : c;
    MemorySegment ya = walk.isLarge() ? Workers.alias(y) : y;
    if (TurnedTiles.pay(walk)
        && TurnedTiles.run(
            walk,
            new int[] {aBytes, bBytes, cBytes, yBytes},
            new MemorySegment[] {aa, ba, ca, ya},
            (s, at, st, m) ->
                row.apply(
                    s[0], at[0], st[0], s[1], at[1], st[1], s[2], at[2], st[2], s[3], at[3], st[3],
                    m))) {
      return;
    }
    long as = walk.rowStride(0);
    long bs = walk.rowStride(1);
    long cs = walk.rowStride(2);
    long ys = walk.rowStride(3);
    walk.run((at, m) -> row.apply(aa, at[0], as, ba, at[1], bs, ca, at[2], cs, ya, at[3], ys, m));
  }

  static long product(long[] shape) {
    long n = 1;
    for (long size : shape) {
      n *= size;
    }
    return n;
  }

  /// Whether the elements lie one after another in row-major order.
  static boolean isDense(long[] shape, long[] strides) {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }
}
