package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What is left of a product without an inner dimension or with alpha 0: `C = beta C`.
final class Scaling {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private Scaling() {}

  static void scale(
      DType dtype, long m, long n, double beta, MemorySegment c, long offset, long ldc) {
    if (beta == 1) {
      return;
    }
    boolean f32 = Elements.isF32(dtype);
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) {
        long at = offset + i * ldc + j;
        if (f32) {
          long to = at * Float.BYTES;
          c.set(F32, to, beta == 0 ? 0 : (float) beta * c.get(F32, to));
        } else {
          long to = at * Double.BYTES;
          c.set(F64, to, beta == 0 ? 0 : beta * c.get(F64, to));
        }
      }
    }
  }
}
