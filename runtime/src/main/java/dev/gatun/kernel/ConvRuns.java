package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;

import java.lang.foreign.ValueLayout;

/// Short runs of elements between planes and tiles, in plain memory that has been checked; operands
/// are addresses, strides bytes.
final class ConvRuns {
  private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private ConvRuns() {}

  /// Sets `n` elements of 4 or 8 bytes to zero.
  static void zero(long y, long n, int bytes) {
    if (Dispatch.vector()) {
      VectorConvRuns.zero(y, n * bytes / 4);
      return;
    }
    for (long i = 0; i < n * bytes; i += 4) {
      ALL.set(I32, y + i, 0);
    }
  }

  /// Copies elements of 4 or 8 bytes to a contiguous run.
  static void copy(long x, long xs, long y, long n, int bytes) {
    if (xs == bytes && Dispatch.vector()) {
      VectorConvRuns.copy(x, y, n * bytes / 4);
    } else if (bytes == 4) {
      for (long i = 0; i < n; i++) {
        ALL.set(I32, y + i * 4, ALL.get(I32, x + i * xs));
      }
    } else {
      for (long i = 0; i < n; i++) {
        ALL.set(I64, y + i * 8, ALL.get(I64, x + i * xs));
      }
    }
  }

  /// Adds a contiguous run of floats (4 bytes) or doubles (8) to elements at a stride.
  static void add(long x, long y, long ys, long n, int bytes) {
    if (ys == bytes && Dispatch.vector()) {
      if (bytes == 4) {
        VectorConvRuns.addF32(x, y, n);
      } else {
        VectorConvRuns.addF64(x, y, n);
      }
    } else if (bytes == 4) {
      for (long i = 0; i < n; i++) {
        long to = y + i * ys;
        ALL.set(F32, to, ALL.get(F32, to) + ALL.get(F32, x + i * 4));
      }
    } else {
      for (long i = 0; i < n; i++) {
        long to = y + i * ys;
        ALL.set(F64, to, ALL.get(F64, to) + ALL.get(F64, x + i * 8));
      }
    }
  }

  /// Sets `n` floats or doubles to one value.
  static void fill(long y, long n, int bytes, double value) {
    if (bytes == 4) {
      float v = (float) value;
      for (long i = 0; i < n; i++) {
        ALL.set(F32, y + i * 4, v);
      }
    } else {
      for (long i = 0; i < n; i++) {
        ALL.set(F64, y + i * 8, value);
      }
    }
  }
}
