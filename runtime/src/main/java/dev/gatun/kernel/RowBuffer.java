package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Small buffers outside of the heap, taken for the time of one row. They are kept in a few slots,
/// not per thread: there may be a million virtual ones.
final class RowBuffer {
  private static final long BYTES = 4096;

  private static final int SLOTS =
      Integer.highestOneBit(Math.max(4, 4 * Runtime.getRuntime().availableProcessors()));

  private static final AtomicReferenceArray<@Nullable MemorySegment> FREE =
      new AtomicReferenceArray<>(SLOTS);

  private RowBuffer() {}

  /// 4 KiB that nobody else uses; what they hold is arbitrary.
  static MemorySegment take() {
    MemorySegment buffer = FREE.getAndSet(slot(), null);
    return buffer == null ? Arena.ofAuto().allocate(BYTES, 64) : buffer;
  }

  static void release(MemorySegment buffer) {
    FREE.set(slot(), buffer);
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }
}
