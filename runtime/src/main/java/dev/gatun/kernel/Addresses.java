package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Operands by address, for loops over [Memory], for the time of one call. What is not in plain
/// memory, and might be closed by another thread meanwhile, is copied; results are copied back.
final class Addresses implements AutoCloseable {
  /// A result and where it is written meanwhile.
  private record Result(MemorySegment copy, MemorySegment to, long offset) {}

  private final List<Result> results = new ArrayList<>(1);
  private @Nullable Arena arena;

  /// The address of an operand that is read.
  long read(MemorySegment x, long offset, long bytes) {
    if (Memory.isPlain(x)) {
      return Memory.address(x, offset, bytes);
    }
    MemorySegment copy = allocate(bytes);
    MemorySegment.copy(x, offset, copy, 0, bytes);
    return copy.address();
  }

  /// The address of a result that is written as a whole.
  long write(MemorySegment y, long offset, long bytes) {
    if (Memory.isPlain(y)) {
      return Memory.address(y, offset, bytes);
    }
    Objects.checkFromIndexSize(offset, bytes, y.byteSize());
    MemorySegment copy = allocate(bytes);
    results.add(new Result(copy, y, offset));
    return copy.address();
  }

  @SuppressWarnings("MustBeClosedChecker") // close() closes it
  private MemorySegment allocate(long bytes) {
    if (arena == null) {
      arena = Arena.ofConfined();
    }
    return arena.allocate(bytes, 64);
  }

  @Override
  public void close() {
    if (arena != null) {
      for (Result result : results) {
        MemorySegment.copy(result.copy, 0, result.to, result.offset, result.copy.byteSize());
      }
      arena.close();
    }
  }
}
