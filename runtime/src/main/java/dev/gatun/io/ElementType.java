package dev.gatun.io;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// The dtypes that files of tensors have, under the names that safetensors gives them. Those that
/// Gatun lacks are widened where no value changes, and refused otherwise.
enum ElementType {
  F32(4, DType.F32),
  F64(8, DType.F64),
  I32(4, DType.I32),
  I64(8, DType.I64),
  U8(1, DType.U8),
  BOOL(1, DType.BOOL),
  BF16(2, DType.BF16),
  F16(2, DType.F16),
  I8(1, DType.I32),
  I16(2, DType.I32),
  U16(2, DType.I32),
  U32(4, DType.I64),
  F8_E4M3(1, DType.F32),
  F8_E5M2(1, DType.F32),
  F8_E8M0(1, null),
  U64(8, null),
  C64(8, null),
  C128(16, null);

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private final int byteSize;
  private final @Nullable DType target;

  ElementType(int byteSize, @Nullable DType target) {
    this.byteSize = byteSize;
    this.target = target;
  }

  /// The one of that name, or null.
  static @Nullable ElementType named(String name) {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  int byteSize() {
    return byteSize;
  }

  /// What such elements become, or null where there is nothing that holds them all.
  @Nullable DType target() {
    return target;
  }

  /// Whether the bytes are those of [#target()], so that nothing has to be copied.
  boolean isNative() {
    return target != null && target.name().equals(name());
  }

  /// Widens the elements of `from`; both are in native order.
  void widen(MemorySegment from, MemorySegment to) {
    long count = from.byteSize() / byteSize;
    switch (this) {
      case I8 -> {
        for (long i = 0; i < count; i++) {
          to.set(INT, 4 * i, from.get(ValueLayout.JAVA_BYTE, i));
        }
      }
      case I16 -> {
        for (long i = 0; i < count; i++) {
          to.set(INT, 4 * i, from.get(SHORT, 2 * i));
        }
      }
      case U16 -> {
        for (long i = 0; i < count; i++) {
          to.set(INT, 4 * i, from.get(SHORT, 2 * i) & 0xffff);
        }
      }
      case U32 -> {
        for (long i = 0; i < count; i++) {
          to.set(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i, from.get(INT, 4 * i) & 0xffff_ffffL);
        }
      }
      case F8_E4M3, F8_E5M2 -> {
        float[] values = eightBits(this == F8_E4M3);
        for (long i = 0; i < count; i++) {
          int bits = from.get(ValueLayout.JAVA_BYTE, i) & 0xff;
          to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * i, values[bits]);
        }
      }
      case F32, F64, I32, I64, U8, BOOL, BF16, F16, F8_E8M0, U64, C64, C128 ->
          throw new AssertionError(this);
    }
  }

  /// What each of the 256 numbers is (Micikevicius et al., arXiv:2209.05433).
  private static float[] eightBits(boolean fourBitExponent) {
    float[] values = new float[256];
    for (int bits = 0; bits < values.length; bits++) {
      values[bits] = fourBitExponent ? e4m3(bits) : Float.float16ToFloat((short) (bits << 8));
    }
    return values;
  }

  /// Has no infinities: all ones are the only NaN.
  private static float e4m3(int bits) {
    int exponent = bits >> 3 & 15;
    int mantissa = bits & 7;
    if (exponent == 15 && mantissa == 7) {
      return Float.NaN;
    }
    float magnitude =
        exponent == 0 ? Math.scalb(mantissa, -9) : Math.scalb(8 + mantissa, exponent - 10);
    return bits < 128 ? magnitude : -magnitude;
  }
}
