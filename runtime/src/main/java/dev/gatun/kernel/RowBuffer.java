package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Room for blocks of one row's operands outside of the heap, taken for the time of that row. It is
/// kept in a few slots, not per thread: there may be a million virtual ones.
final class RowBuffer {
  private static final long BYTES = VectorRows.BLOCK * 8L;
  private static final int BLOCKS = 4;

  // Blocks a little more than a power of two apart do not fall into the same cache sets.
  private static final long PITCH = BYTES + 256;

  private static final int SLOTS =
      Integer.highestOneBit(Math.max(4, 4 * Runtime.getRuntime().availableProcessors()));

  private static final AtomicReferenceArray<@Nullable RowBuffer> FREE =
      new AtomicReferenceArray<>(SLOTS);

  private final MemorySegment memory = Arena.ofAuto().allocate(BLOCKS * PITCH, 64);

  private RowBuffer() {}

  /// One that nobody else uses; what it holds is arbitrary.
  static RowBuffer take() {
    RowBuffer buffer = FREE.getAndSet(slot(), null);
    return buffer == null ? new RowBuffer() : buffer;
  }

  /// Must follow the last use of an address.
  void release() {
    FREE.set(slot(), this);
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }

  long address(int block) {
    return memory.address() + block * PITCH;
  }

  /// Copies `n` elements of a row from the one at `from` on, and returns their address. One that is
  /// repeated stays from the first block of the row to the last.
  long load(long from, int block, DType dtype, MemorySegment x, long xo, long xs, long n) {
    if (from == 0 || xs != 0) {
      int bytes = dtype.byteSize();
      CopyKernels.copy(dtype).apply(x, xo + from * xs, xs, memory, block * PITCH, bytes, n);
    }
    return address(block);
  }

  /// Copies the elements of block 0 out.
  void store(DType dtype, MemorySegment y, long yo, long ys, long n) {
    CopyKernels.copy(dtype).apply(memory, 0, dtype.byteSize(), y, yo, ys, n);
  }
}
