package dev.gatun.kernel;

import static dev.gatun.kernel.Element.bool;
import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i32;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Element.u8;
import static java.lang.Double.longBitsToDouble;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Writes the cells of a [Fold] as elements, `ys` bytes apart.
final class Cells {
  private Cells() {}

  /// Cells that hold doubles.
  static void storeDoubles(
      DType dtype, long[] from, int at, int count, MemorySegment y, long yo, long ys) {
    switch (dtype) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          f32(y, yo + i * ys, (float) longBitsToDouble(from[at + i]));
        }
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          f64(y, yo + i * ys, longBitsToDouble(from[at + i]));
        }
      }
      case I32, I64, U8, BOOL, BF16, F16 -> throw Element.unsupported("reduction", dtype);
    }
  }

  /// Cells that hold longs; they wrap.
  static void storeLongs(
      DType dtype, long[] from, int at, int count, MemorySegment y, long yo, long ys) {
    switch (dtype) {
      case I32 -> {
        for (int i = 0; i < count; i++) {
          i32(y, yo + i * ys, (int) from[at + i]);
        }
      }
      case I64 -> {
        for (int i = 0; i < count; i++) {
          i64(y, yo + i * ys, from[at + i]);
        }
      }
      case U8 -> {
        for (int i = 0; i < count; i++) {
          u8(y, yo + i * ys, (int) from[at + i]);
        }
      }
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          bool(y, yo + i * ys, from[at + i] != 0);
        }
      }
      case F32, F64, BF16, F16 -> throw Element.unsupported("reduction", dtype);
    }
  }
}
