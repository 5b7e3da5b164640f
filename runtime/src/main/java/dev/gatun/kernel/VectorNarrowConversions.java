package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of the conversions between elements of 4 bytes and those of 1 or 2.
final class VectorNarrowConversions {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> I16 =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F32.vectorBitSize() / 2));
  private static final int LANES = F32.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Vectors of bytes are no shorter than 64 bits.
  private static final boolean BYTES = F32.vectorBitSize() >= 256;
  private static final VectorSpecies<Byte> I8 =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F32.vectorBitSize() / 4)));

  static final UnaryRow BF16_F32 =
      BlockRows.of(2, 4, LANES, VectorNarrowConversions::bf16ToF32, Conversions.BF16_F32);
  static final UnaryRow F32_BF16 =
      BlockRows.of(4, 2, LANES, VectorNarrowConversions::f32ToBf16, Conversions.F32_BF16);
  static final UnaryRow F16_F32 =
      BlockRows.of(2, 4, LANES, VectorNarrowConversions::f16ToF32, Conversions.F16_F32);
  static final UnaryRow F32_F16 =
      BlockRows.of(4, 2, LANES, VectorNarrowConversions::f32ToF16, Conversions.F32_F16);
  static final UnaryRow U8_F32 =
      BYTES
          ? BlockRows.of(1, 4, LANES, VectorNarrowConversions::u8ToF32, Conversions.U8_F32)
          : Conversions.U8_F32;
  static final UnaryRow U8_I32 =
      BYTES
          ? BlockRows.of(1, 4, LANES, VectorNarrowConversions::u8ToI32, Conversions.U8_I32)
          : Conversions.U8_I32;
  static final UnaryRow I32_U8 =
      BYTES
          ? BlockRows.of(4, 1, LANES, VectorNarrowConversions::i32ToU8, Conversions.I32_U8)
          : Conversions.I32_U8;

  static final UnaryRow BOOL_F32 =
      BYTES
          ? BlockRows.of(1, 4, LANES, VectorNarrowConversions::boolToF32, Conversions.BOOL_F32)
          : Conversions.BOOL_F32;
  static final UnaryRow BOOL_I32 =
      BYTES
          ? BlockRows.of(1, 4, LANES, VectorNarrowConversions::boolToI32, Conversions.BOOL_I32)
          : Conversions.BOOL_I32;

  private VectorNarrowConversions() {}

  private static void bf16ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ShortVector v = ShortVector.fromMemorySegment(I16, ALL, x + i * 2, ORDER);
      IntVector bits = v.convertShape(VectorOperators.ZERO_EXTEND_S2I, I32, 0).reinterpretAsInts();
      bits.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  /// As the reference loop: to nearest, ties to even, NaN quiet.
  private static void f32ToBf16(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(I32, ALL, x + i * 4, ORDER);
      IntVector upper = v.lanewise(VectorOperators.LSHR, 16);
      IntVector rounded = v.add(0x7fff).add(upper.and(1)).lanewise(VectorOperators.LSHR, 16);
      VectorMask<Integer> nan = v.and(0x7fffffff).compare(VectorOperators.GT, 0x7f800000);
      IntVector r = rounded.blend(upper.or(0x40), nan);
      r.convertShape(VectorOperators.I2S, I16, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(ALL, y + i * 2, ORDER);
    }
  }

  /// Exponent and fraction, moved to where an F32 has them, are the number over 2^112, also of
  /// subnormal ones; infinity and NaN get the exponent they have there.
  private static void f16ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ShortVector v = ShortVector.fromMemorySegment(I16, ALL, x + i * 2, ORDER);
      IntVector bits = v.convertShape(VectorOperators.ZERO_EXTEND_S2I, I32, 0).reinterpretAsInts();
      IntVector size = bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
      IntVector r = size.reinterpretAsFloats().mul(0x1p112f).reinterpretAsInts();
      VectorMask<Integer> special = size.compare(VectorOperators.GE, 0x0f800000);
      VectorMask<Integer> nan = size.compare(VectorOperators.GT, 0x0f800000);
      IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
      IntVector wide = r.blend(r.or(0x7f800000), special).blend(r.or(0x7fc00000), nan);
      wide.or(sign).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  /// To nearest, ties to even: normal numbers by adding half a unit of the last place to the bits,
  /// subnormal ones by adding a number whose last place is theirs.
  private static void f32ToF16(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(I32, ALL, x + i * 4, ORDER);
      IntVector size = v.and(0x7fffffff);
      IntVector odd = size.lanewise(VectorOperators.LSHR, 13).and(1);
      IntVector normal = size.add(0xc8000fff).add(odd).lanewise(VectorOperators.LSHR, 13);
      IntVector small = size.reinterpretAsFloats().add(0.5f).reinterpretAsInts().sub(0x3f000000);
      IntVector payload = size.lanewise(VectorOperators.LSHR, 13).and(0x1ff).or(0x7e00);
      IntVector r = normal.blend(small, size.compare(VectorOperators.LT, 0x38800000));
      IntVector s = r.blend(0x7c00, size.compare(VectorOperators.GE, 0x47800000));
      IntVector t = s.blend(payload, size.compare(VectorOperators.GT, 0x7f800000));
      t.or(v.lanewise(VectorOperators.LSHR, 16).and(0x8000))
          .convertShape(VectorOperators.I2S, I16, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(ALL, y + i * 2, ORDER);
    }
  }

  private static void u8ToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(I8, ALL, x + i, ORDER);
      IntVector w = v.convertShape(VectorOperators.ZERO_EXTEND_B2I, I32, 0).reinterpretAsInts();
      w.convert(VectorOperators.I2F, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void u8ToI32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(I8, ALL, x + i, ORDER);
      IntVector w = v.convertShape(VectorOperators.ZERO_EXTEND_B2I, I32, 0).reinterpretAsInts();
      w.intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void boolToF32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(I8, ALL, x + i, ORDER);
      IntVector w = v.convertShape(VectorOperators.ZERO_EXTEND_B2I, I32, 0).reinterpretAsInts();
      w.min(1)
          .convert(VectorOperators.I2F, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void boolToI32(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      ByteVector v = ByteVector.fromMemorySegment(I8, ALL, x + i, ORDER);
      IntVector w = v.convertShape(VectorOperators.ZERO_EXTEND_B2I, I32, 0).reinterpretAsInts();
      w.min(1).intoMemorySegment(ALL, y + i * 4, ORDER);
    }
  }

  private static void i32ToU8(long x, long y, long n) {
    for (long i = 0; i < n; i += LANES) {
      IntVector v = IntVector.fromMemorySegment(I32, ALL, x + i * 4, ORDER);
      ByteVector w = v.convertShape(VectorOperators.I2B, I8, 0).reinterpretAsBytes();
      w.intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
