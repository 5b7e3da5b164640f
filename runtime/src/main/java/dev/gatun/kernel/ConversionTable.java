package dev.gatun.kernel;

import static java.util.Objects.requireNonNull;

import dev.gatun.kernel.MixedRows.Cast;
import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;

/// The conversions of every pair of dtypes: loops of their own, or two of these, block by block.
final class ConversionTable {
  /// What truth is compared with, as a number of any dtype.
  private static final long ZERO = Arena.global().allocate(8, 8).address();

  private static final Map<DType, Map<DType, UnaryRow>> ROWS = rows();

  private ConversionTable() {}

  static UnaryRow row(DType from, DType to) {
    return requireNonNull(requireNonNull(ROWS.get(from)).get(to));
  }

  private static Map<DType, Map<DType, UnaryRow>> rows() {
    Map<DType, Map<DType, UnaryRow>> rows = new EnumMap<>(DType.class);
    for (DType from : DType.values()) {
      Map<DType, UnaryRow> row = new EnumMap<>(DType.class);
      for (DType to : DType.values()) {
        row.put(to, make(from, to));
      }
      rows.put(from, row);
    }
    return rows;
  }

  private static UnaryRow make(DType from, DType to) {
    if (from == to) {
      return CopyKernels.copy(from);
    }
    return switch (from) {
      case F32 -> fromF32(to);
      case F64 -> fromF64(to);
      case I32 -> fromI32(to);
      case I64 -> fromI64(to);
      case U8 -> fromU8(to);
      case BOOL -> fromBool(to);
      case BF16 -> fromBF16(to);
      case F16 -> fromF16(to);
    };
  }

  private static UnaryRow fromF32(DType to) {
    return switch (to) {
      case F64 -> Dispatch.vector() ? VectorConversions.F32_F64 : Conversions.F32_F64;
      case I32 -> Dispatch.vector() ? VectorConversions.F32_I32 : Conversions.F32_I32;
      case I64 -> Dispatch.vector() ? VectorConversions.F32_I64 : Conversions.F32_I64;
      case U8 -> via(DType.F32, DType.I64, to);
      case BOOL -> truth(DType.F32);
      case BF16 -> Dispatch.vector() ? VectorNarrowConversions.F32_BF16 : Conversions.F32_BF16;
      case F16, F32 -> Dispatch.vector() ? VectorNarrowConversions.F32_F16 : Conversions.F32_F16;
    };
  }

  private static UnaryRow fromF64(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorConversions.F64_F32 : Conversions.F64_F32;
      case I32 -> Dispatch.vector() ? VectorConversions.F64_I32 : Conversions.F64_I32;
      case I64 -> Dispatch.vector() ? VectorConversions.F64_I64 : Conversions.F64_I64;
      case U8 -> via(DType.F64, DType.I64, to);
      case BOOL -> truth(DType.F64);
      case BF16, F16, F64 -> via(DType.F64, DType.F32, to);
    };
  }

  private static UnaryRow fromI32(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorConversions.I32_F32 : Conversions.I32_F32;
      case F64 -> Dispatch.vector() ? VectorConversions.I32_F64 : Conversions.I32_F64;
      case I64 -> Dispatch.vector() ? VectorConversions.I32_I64 : Conversions.I32_I64;
      case U8 -> Dispatch.vector() ? VectorNarrowConversions.I32_U8 : Conversions.I32_U8;
      case BOOL -> truth(DType.I32);
      case BF16, F16, I32 -> via(DType.I32, DType.F32, to);
    };
  }

  private static UnaryRow fromI64(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorConversions.I64_F32 : Conversions.I64_F32;
      case F64 -> Dispatch.vector() ? VectorConversions.I64_F64 : Conversions.I64_F64;
      case I32 -> Dispatch.vector() ? VectorConversions.I64_I32 : Conversions.I64_I32;
      case U8 -> via(DType.I64, DType.I32, to);
      case BOOL -> truth(DType.I64);
      case BF16, F16, I64 -> via(DType.I64, DType.F32, to);
    };
  }

  private static UnaryRow fromU8(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorNarrowConversions.U8_F32 : Conversions.U8_F32;
      case F64, BF16, F16 -> via(DType.U8, DType.F32, to);
      case I32 -> Dispatch.vector() ? VectorNarrowConversions.U8_I32 : Conversions.U8_I32;
      case I64 -> via(DType.U8, DType.I32, to);
      case BOOL, U8 -> truth(DType.U8);
    };
  }

  private static UnaryRow fromBool(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorNarrowConversions.BOOL_F32 : Conversions.BOOL_F32;
      case F64, BF16, F16 -> via(DType.BOOL, DType.F32, to);
      case I32 -> Dispatch.vector() ? VectorNarrowConversions.BOOL_I32 : Conversions.BOOL_I32;
      case I64 -> via(DType.BOOL, DType.I32, to);
      case U8, BOOL -> truth(DType.BOOL);
    };
  }

  private static UnaryRow fromBF16(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorNarrowConversions.BF16_F32 : Conversions.BF16_F32;
      case F64, I32, I64, U8, BOOL, F16, BF16 -> via(DType.BF16, DType.F32, to);
    };
  }

  private static UnaryRow fromF16(DType to) {
    return switch (to) {
      case F32 -> Dispatch.vector() ? VectorNarrowConversions.F16_F32 : Conversions.F16_F32;
      case F64, I32, I64, U8, BOOL, BF16, F16 -> via(DType.F16, DType.F32, to);
    };
  }

  private static UnaryRow via(DType from, DType between, DType to) {
    return MixedRows.of(make(between, to), new Cast(from, between), new Cast(to, to));
  }

  /// What is not 0 is true.
  private static UnaryRow truth(DType from) {
    BinaryRow differs = ComparisonKernels.ne(from);
    return (x, xo, xs, y, yo, ys, n) -> differs.apply(x, xo, xs, Memory.ALL, ZERO, 0, y, yo, ys, n);
  }
}
