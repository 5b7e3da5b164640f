package dev.gatun.kernel;

import static dev.gatun.kernel.F32Pack.HIGH;
import static dev.gatun.kernel.F32Pack.LOW;
import static dev.gatun.kernel.F32Tile.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Transposes 16 x 16 elements, for vectors of 16 lanes: four rounds, each of which interleaves the
/// upper half of the rows with the lower one, two at a time for four rows in registers. All sixteen
/// in one method are more than the compiler inlines.
final class F32Square {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private F32Square() {}

  /// `dst[to + c * stride + r] = src[r][c]`; rows past `last` are that one again.
  static void transpose(
      MemorySegment src,
      long at,
      long rowBytes,
      int last,
      float[] dst,
      int to,
      int stride,
      float[] work) {
    first(src, at, rowBytes, last, work);
    second(work, dst, to, stride);
  }

  private static void first(MemorySegment src, long at, long rowBytes, int last, float[] work) {
    for (int r = 0; r < 4; r++) {
      var a0 =
          FloatVector.fromMemorySegment(SPECIES, src, at + Math.min(r, last) * rowBytes, ORDER)
              .reinterpretAsInts();
      var a1 =
          FloatVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 4, last) * rowBytes, ORDER)
              .reinterpretAsInts();
      var a2 =
          FloatVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 8, last) * rowBytes, ORDER)
              .reinterpretAsInts();
      var a3 =
          FloatVector.fromMemorySegment(SPECIES, src, at + Math.min(r + 12, last) * rowBytes, ORDER)
              .reinterpretAsInts();
      var b0 = LOW.selectFrom(a0, a2);
      var b1 = HIGH.selectFrom(a0, a2);
      var b2 = LOW.selectFrom(a1, a3);
      var b3 = HIGH.selectFrom(a1, a3);
      LOW.selectFrom(b0, b2).reinterpretAsFloats().intoArray(work, 64 * r + 0);
      HIGH.selectFrom(b0, b2).reinterpretAsFloats().intoArray(work, 64 * r + 16);
      LOW.selectFrom(b1, b3).reinterpretAsFloats().intoArray(work, 64 * r + 32);
      HIGH.selectFrom(b1, b3).reinterpretAsFloats().intoArray(work, 64 * r + 48);
    }
  }

  private static void second(float[] work, float[] dst, int to, int stride) {
    for (int r = 0; r < 4; r++) {
      var a0 = FloatVector.fromArray(SPECIES, work, 16 * r + 0).reinterpretAsInts();
      var a1 = FloatVector.fromArray(SPECIES, work, 16 * r + 64).reinterpretAsInts();
      var a2 = FloatVector.fromArray(SPECIES, work, 16 * r + 128).reinterpretAsInts();
      var a3 = FloatVector.fromArray(SPECIES, work, 16 * r + 192).reinterpretAsInts();
      var b0 = LOW.selectFrom(a0, a2);
      var b1 = HIGH.selectFrom(a0, a2);
      var b2 = LOW.selectFrom(a1, a3);
      var b3 = HIGH.selectFrom(a1, a3);
      LOW.selectFrom(b0, b2).reinterpretAsFloats().intoArray(dst, to + (4 * r + 0) * stride);
      HIGH.selectFrom(b0, b2).reinterpretAsFloats().intoArray(dst, to + (4 * r + 1) * stride);
      LOW.selectFrom(b1, b3).reinterpretAsFloats().intoArray(dst, to + (4 * r + 2) * stride);
      HIGH.selectFrom(b1, b3).reinterpretAsFloats().intoArray(dst, to + (4 * r + 3) * stride);
    }
  }
}
