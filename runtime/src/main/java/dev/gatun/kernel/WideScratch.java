package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Native memory for a block of BF16 weights as F32.
final class WideScratch {
  private static final Slots<MemorySegment> FREE = new Slots<>(WideScratch::allocate);

  /// Elements that pass through arrays at once.
  private static final int RUN = 512;

  private WideScratch() {}

  /// Whoever comes next may be another thread; the collector frees what finds no slot.
  private static MemorySegment allocate() {
    return Arena.ofAuto().allocate(Bf16Gemm.largest() * Float.BYTES, 64);
  }

  static MemorySegment take() {
    return FREE.take();
  }

  static void release(MemorySegment segment) {
    FREE.give(segment);
  }

  /// Rows of BF16, `ld` elements apart from element `at` on, as F32 without gaps.
  static void widen(
      MemorySegment from, long at, long ld, long rows, long columns, MemorySegment to) {
    if (Dispatch.vector() && columns >= 16) {
      for (long i = 0; i < rows; i++) {
        VectorBf16.widen(from, (at + i * ld) * 2, to, i * columns * 4, (int) columns);
      }
      return;
    }
    short[] narrow = new short[(int) Math.min(RUN, columns)];
    int[] wide = new int[narrow.length];
    for (long i = 0; i < rows; i++) {
      for (long j = 0; j < columns; j += RUN) {
        int run = (int) Math.min(RUN, columns - j);
        long source = (at + i * ld + j) * 2;
        MemorySegment.copy(from, ValueLayout.JAVA_SHORT_UNALIGNED, source, narrow, 0, run);
        for (int q = 0; q < run; q++) {
          wide[q] = narrow[q] << 16;
        }
        long target = (i * columns + j) * 4;
        MemorySegment.copy(wide, 0, to, ValueLayout.JAVA_INT_UNALIGNED, target, run);
      }
    }
  }
}
