package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Operands by address, for loops over [Memory], for the time of one call. What is not in plain
/// memory, and might be closed by another thread meanwhile, is copied; results are copied back.
final class Addresses implements AutoCloseable {
  /// Where an operand is meanwhile, and, of a result, where it is written to in the end.
  private record Copy(MemorySegment memory, boolean result, MemorySegment to, long offset) {}

  private final List<Copy> copies = new ArrayList<>(2);

  /// The address of an operand that is read.
  long read(MemorySegment x, long offset, long bytes) {
    if (Memory.isPlain(x)) {
      return Memory.address(x, offset, bytes);
    }
    MemorySegment memory = allocate(x, offset, bytes, false);
    MemorySegment.copy(x, offset, memory, 0, bytes);
    return memory.address();
  }

  /// The address of a result that is written as a whole.
  long write(MemorySegment y, long offset, long bytes) {
    return Memory.isPlain(y)
        ? Memory.address(y, offset, bytes)
        : allocate(y, offset, bytes, true).address();
  }

  private MemorySegment allocate(MemorySegment s, long offset, long bytes, boolean result) {
    Objects.checkFromIndexSize(offset, bytes, s.byteSize());
    MemorySegment memory = Arena.ofAuto().allocate(bytes, 64);
    copies.add(new Copy(memory, result, s, offset));
    return memory;
  }

  @Override
  public void close() {
    try {
      for (Copy copy : copies) {
        if (copy.result) {
          MemorySegment.copy(copy.memory, 0, copy.to, copy.offset, copy.memory.byteSize());
        }
      }
    } finally {
      Reference.reachabilityFence(copies);
    }
  }
}
