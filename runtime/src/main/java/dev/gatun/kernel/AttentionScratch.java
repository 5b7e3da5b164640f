package dev.gatun.kernel;

import static dev.gatun.kernel.AttentionKernels.COLUMNS;
import static dev.gatun.kernel.AttentionKernels.ROWS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for the blocks of one task of attention, taken for its time.
final class AttentionScratch {
  private static final Slots<AttentionScratch> FREE = new Slots<>(AttentionScratch::new);

  /// A little more than a power of two apart, blocks do not fall into the same cache sets.
  private static final long BLOCK = (long) ROWS * COLUMNS * Double.BYTES + 256;

  // Kept for the memory that the segments below stand for.
  private final MemorySegment memory = Arena.ofAuto().allocate(2 * BLOCK + COLUMNS * 8L, 64);

  /// Scores, then weights.
  final MemorySegment scores = part(0);

  /// Gradients of the weights, then of the scores.
  final MemorySegment slopes = part(1);

  final double[] max = new double[ROWS];
  final double[] sum = new double[ROWS];

  private AttentionScratch() {}

  static AttentionScratch take() {
    return FREE.take();
  }

  void release() {
    FREE.give(this);
  }

  /// Factors of the elements of one row.
  long factors() {
    return memory.address() + 2 * BLOCK;
  }

  /// Without an owner, so that products see one kind of memory.
  @SuppressWarnings("restricted") // a part of the memory that this keeps
  private MemorySegment part(int i) {
    return MemorySegment.ofAddress(memory.address() + i * BLOCK).reinterpret(BLOCK);
  }
}
