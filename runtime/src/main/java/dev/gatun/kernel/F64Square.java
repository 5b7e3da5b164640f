package dev.gatun.kernel;

import static dev.gatun.kernel.F64Pack.HIGH;
import static dev.gatun.kernel.F64Pack.LOW;
import static dev.gatun.kernel.F64Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;

/// Transposes 8 x 8 elements in registers, for vectors of 8 lanes: three rounds, each of which
/// interleaves the upper half of the rows with the lower one.
final class F64Square {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private F64Square() {}

  /// `dst[to + c * stride + r] = src[r][c]`; rows past `last` are that one again.
  static void transpose(
      MemorySegment src,
      long at,
      long rowBytes,
      int last,
      double[] dst,
      int to,
      int stride,
      double[] work) {
    first(src, at, rowBytes, last, work);
    second(work, dst, to, stride);
  }

  /// Two rounds for four rows at a time.
  private static void first(MemorySegment src, long at, long rowBytes, int last, double[] work) {
    for (int r = 0; r < 2; r++) {
      var a0 =
          DoubleVector.fromMemorySegment(SPECIES, src, at + Math.min(r, last) * rowBytes, ORDER)
              .reinterpretAsLongs();
      var a1 =
          DoubleVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 2, last) * rowBytes, ORDER)
              .reinterpretAsLongs();
      var a2 =
          DoubleVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 4, last) * rowBytes, ORDER)
              .reinterpretAsLongs();
      var a3 =
          DoubleVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 6, last) * rowBytes, ORDER)
              .reinterpretAsLongs();
      var b0 = LOW.selectFrom(a0, a2);
      var b1 = HIGH.selectFrom(a0, a2);
      var b2 = LOW.selectFrom(a1, a3);
      var b3 = HIGH.selectFrom(a1, a3);
      LOW.selectFrom(b0, b2).reinterpretAsDoubles().intoArray(work, 32 * r);
      HIGH.selectFrom(b0, b2).reinterpretAsDoubles().intoArray(work, 32 * r + 8);
      LOW.selectFrom(b1, b3).reinterpretAsDoubles().intoArray(work, 32 * r + 16);
      HIGH.selectFrom(b1, b3).reinterpretAsDoubles().intoArray(work, 32 * r + 24);
    }
  }

  private static void second(double[] work, double[] dst, int to, int stride) {
    for (int r = 0; r < 4; r++) {
      var x = DoubleVector.fromArray(SPECIES, work, 8 * r).reinterpretAsLongs();
      var y = DoubleVector.fromArray(SPECIES, work, 8 * r + 32).reinterpretAsLongs();
      LOW.selectFrom(x, y).reinterpretAsDoubles().intoArray(dst, to + 2 * r * stride);
      HIGH.selectFrom(x, y).reinterpretAsDoubles().intoArray(dst, to + (2 * r + 1) * stride);
    }
  }
}
