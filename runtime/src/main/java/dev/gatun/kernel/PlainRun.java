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

  private PlainRun(
      MemorySegment memory, long offset, long bytes, @Nullable Scope scope, long address) {
    this.memory = memory;
    this.offset = offset;
    this.bytes = bytes;
    this.scope = scope;
    this.address = address;
  }

  static boolean isPlain(ElementRun run) {
    return Memory.isPlain(Workers.alias(run.memory()));
  }

  /// @param n elements
  /// @param size bytes of one
  static PlainRun of(ElementRun run, long n, int size) {
    MemorySegment memory = Workers.alias(run.memory());
    long offset = run.at(0, size);
    long bytes = n * size;
    return Memory.isPlain(memory)
        ? new PlainRun(memory, offset, bytes, null, Memory.address(memory, offset, bytes))
        : copy(memory, offset, bytes);
  }

  /// A copy in memory of the pool: what is fresh would cost more than to copy.
  @SuppressWarnings("MustBeClosedChecker") // by close()
  private static PlainRun copy(MemorySegment memory, long offset, long bytes) {
    Scope scope = Scope.open("copy");
    try {
      MemorySegment copy = KernelMemory.of(Storage.allocate(bytes), () -> "a copy");
      MemorySegment.copy(memory, offset, copy, 0, bytes);
      return new PlainRun(memory, offset, bytes, scope, copy.address());
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  long address() {
    return address;
  }

  /// The same elements as plain memory of their own; must not outlive this.
  @SuppressWarnings("restricted") // the address has been checked
  MemorySegment segment() {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
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
