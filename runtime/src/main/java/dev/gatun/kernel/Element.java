package dev.gatun.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Single elements of a segment at a byte offset, named after their dtype.
final class Element {
  private Element() {}

  static float f32(MemorySegment s, long at) {
    return s.get(JAVA_FLOAT_UNALIGNED, at);
  }

  static void f32(MemorySegment s, long at, float value) {
    s.set(JAVA_FLOAT_UNALIGNED, at, value);
  }

  static double f64(MemorySegment s, long at) {
    return s.get(JAVA_DOUBLE_UNALIGNED, at);
  }

  static void f64(MemorySegment s, long at, double value) {
    s.set(JAVA_DOUBLE_UNALIGNED, at, value);
  }

  static int i32(MemorySegment s, long at) {
    return s.get(JAVA_INT_UNALIGNED, at);
  }

  static void i32(MemorySegment s, long at, int value) {
    s.set(JAVA_INT_UNALIGNED, at, value);
  }

  static long i64(MemorySegment s, long at) {
    return s.get(JAVA_LONG_UNALIGNED, at);
  }

  static void i64(MemorySegment s, long at, long value) {
    s.set(JAVA_LONG_UNALIGNED, at, value);
  }

  static int u8(MemorySegment s, long at) {
    return Byte.toUnsignedInt(s.get(JAVA_BYTE, at));
  }

  static void u8(MemorySegment s, long at, int value) {
    s.set(JAVA_BYTE, at, (byte) value);
  }

  static boolean bool(MemorySegment s, long at) {
    return s.get(JAVA_BYTE, at) != 0;
  }

  static void bool(MemorySegment s, long at, boolean value) {
    s.set(JAVA_BYTE, at, (byte) (value ? 1 : 0));
  }

  static float bf16(MemorySegment s, long at) {
    return Float.intBitsToFloat(s.get(JAVA_SHORT_UNALIGNED, at) << 16);
  }

  /// Rounds to nearest, ties to even. A NaN keeps its upper payload and becomes quiet: rounding its
  /// bits could carry it into infinity or zero.
  static void bf16(MemorySegment s, long at, float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
    s.set(JAVA_SHORT_UNALIGNED, at, (short) (Float.isNaN(value) ? (bits >>> 16) | 0x40 : rounded));
  }

  static float f16(MemorySegment s, long at) {
    return Float.float16ToFloat(s.get(JAVA_SHORT_UNALIGNED, at));
  }

  static void f16(MemorySegment s, long at, float value) {
    s.set(JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(value));
  }

  /// The element as a double: exact for every dtype but I64.
  static double asDouble(DType dtype, MemorySegment s, long at) {
    return switch (dtype) {
      case F32 -> f32(s, at);
      case F64 -> f64(s, at);
      case I32 -> i32(s, at);
      case I64 -> i64(s, at);
      case U8 -> u8(s, at);
      case BOOL -> bool(s, at) ? 1 : 0;
      case BF16 -> bf16(s, at);
      case F16 -> f16(s, at);
    };
  }

  /// The element as a long: floating ones are truncated toward zero.
  static long asLong(DType dtype, MemorySegment s, long at) {
    return switch (dtype) {
      case F32 -> (long) f32(s, at);
      case F64 -> (long) f64(s, at);
      case I32 -> i32(s, at);
      case I64 -> i64(s, at);
      case U8 -> u8(s, at);
      case BOOL -> bool(s, at) ? 1 : 0;
      case BF16 -> (long) bf16(s, at);
      case F16 -> (long) f16(s, at);
    };
  }

  /// Stores a double, rounding as the dtype does; integers truncate toward zero.
  static void store(DType dtype, MemorySegment s, long at, double value) {
    switch (dtype) {
      case F32 -> f32(s, at, (float) value);
      case F64 -> f64(s, at, value);
      case I32 -> i32(s, at, (int) value);
      case I64 -> i64(s, at, (long) value);
      case U8 -> u8(s, at, (int) (long) value);
      case BOOL -> bool(s, at, value != 0);
      case BF16 -> bf16(s, at, (float) value);
      case F16 -> f16(s, at, (float) value);
    }
  }

  static IllegalArgumentException unsupported(String operation, DType dtype) {
    return new IllegalArgumentException(operation + ": dtype is not supported: " + dtype);
  }
}
