package dev.gatun.nn;

import dev.gatun.memory.DType;

/// What loading does where a file has another dtype than the module.
public enum DTypePolicy {
  /// Converts to the dtype of the module, as PyTorch does.
  CONVERT,
  /// Converts where every value stays the same, such as F16 to F32, and refuses otherwise.
  LOSSLESS,
  /// Refuses.
  EXACT;

  boolean allows(DType from, DType to) {
    return switch (this) {
      case CONVERT -> true;
      case LOSSLESS -> from == to || isLossless(from, to);
      case EXACT -> from == to;
    };
  }

  private static boolean isLossless(DType from, DType to) {
    return switch (from) {
      case BOOL -> true;
      case U8 -> to != DType.BOOL;
      case I32 -> to == DType.I64 || to == DType.F64;
      case BF16, F16 -> to == DType.F32 || to == DType.F64;
      case F32 -> to == DType.F64;
      case I64, F64 -> false;
    };
  }
}
