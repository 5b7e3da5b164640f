package dev.gatun.kernel;

import dev.gatun.memory.Scope;
import dev.gatun.memory.Storage;
import dev.gatun.memory.internal.KernelMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Elements that a loop reaches by address for the time of one call. Memory that some other thread
/// may close meanwhile takes part as a copy.
final class PlainRun implements AutoCloseable {
  private final MemorySegment memory;
  private final long offset;
  private final long bytes;
  private final @Nullable Scope scope;
  private final long address;

  @SuppressWarnings("MustBeClosedChecker") // by close()
  private PlainRun(MemorySegment memory, long offset, long bytes) {
    this.memory = memory;
    this.offset = offset;
    this.bytes = bytes;
    if (Memory.isPlain(memory)) {
      scope = null;
      address = Memory.address(memory, offset, bytes);
    } else {
      // From the pool: fresh memory would cost more than the copy.
      scope = Scope.open("copy");
      MemorySegment copy = KernelMemory.of(Storage.allocate(bytes), () -> "a copy");
      MemorySegment.copy(memory, offset, copy, 0, bytes);
      address = copy.address();
    }
  }

  static boolean isPlain(ElementRun run) {
    return Memory.isPlain(Workers.alias(run.memory()));
  }

  /// @param n elements
  /// @param size bytes of one
  static PlainRun of(ElementRun run, long n, int size) {
    return new PlainRun(Workers.alias(run.memory()), run.at(0, size), n * size);
  }

  long address() {
    return address;
  }

  /// Must follow the last write.
  void store() {
    if (scope != null) {
      MemorySegment.copy(Memory.ALL, address, memory, offset, bytes);
    }
  }

  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
  }
}
