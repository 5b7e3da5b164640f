package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room outside of the heap for the tiles of one task of a convolution. It grows to what was
/// needed.
final class ConvScratch {
  /// What loops may read or write beyond the end of a part.
  private static final long SLACK = 256;

  private static final Slots<ConvScratch> FREE = new Slots<>(ConvScratch::new);

  private static final int PARTS = 4;

  private final MemorySegment[] owned = new MemorySegment[PARTS];
  private final MemorySegment[] plain = new MemorySegment[PARTS];

  private ConvScratch() {
    for (int i = 0; i < PARTS; i++) {
      owned[i] = MemorySegment.NULL;
      plain[i] = MemorySegment.NULL;
    }
  }

  /// One that nobody else uses; what it holds is arbitrary.
  static ConvScratch take() {
    return FREE.take();
  }

  /// Must follow the last use of a part.
  void release() {
    FREE.give(this);
  }

  /// A part of at least `bytes` bytes; the content of the same part before is lost.
  MemorySegment part(int i, long bytes) {
    long wanted = bytes + SLACK;
    if (owned[i].byteSize() < wanted) {
      // The one before goes first, so that both are never there together.
      owned[i] = MemorySegment.NULL;
      plain[i] = MemorySegment.NULL;
      long size =
          Math.max(1 << 12, wanted <= 1 << 20 ? Long.highestOneBit(wanted - 1) << 1 : wanted);
      owned[i] = Arena.ofAuto().allocate(size, 64);
      plain[i] = Memory.ALL.asSlice(owned[i].address(), size);
    }
    return plain[i];
  }
}
