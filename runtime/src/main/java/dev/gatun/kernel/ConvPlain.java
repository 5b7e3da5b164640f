package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Elements that loops may reach by address: where they are, or, where another thread may close
/// that memory meanwhile, a copy in scratch.
final class ConvPlain {
  private final MemorySegment memory;
  private final long at;
  private final long bytes;
  private final MemorySegment copy;
  private final long address;

  private ConvPlain(MemorySegment memory, long at, long bytes, MemorySegment copy, long address) {
    this.memory = memory;
    this.at = at;
    this.bytes = bytes;
    this.copy = copy;
    this.address = address;
  }

  /// The `n` elements of `run` from element `from` on; [#load] or [#store] make a copy be one.
  ///
  /// @param size bytes of an element
  /// @param part of the scratch, for the copy
  static ConvPlain of(ElementRun run, long from, long n, int size, ConvScratch scratch, int part) {
    MemorySegment memory = run.memory();
    long at = run.at(from, size);
    long bytes = n * size;
    if (Memory.isPlain(memory)) {
      return new ConvPlain(
          memory, at, bytes, MemorySegment.NULL, Memory.address(memory, at, bytes));
    }
    MemorySegment copy = scratch.part(part, bytes);
    return new ConvPlain(memory, at, bytes, copy, copy.address());
  }

  long address() {
    return address;
  }

  /// Copies what is there, before it is read.
  void load() {
    if (copy.address() != 0) {
      MemorySegment.copy(memory, at, copy, 0, bytes);
    }
  }

  /// Copies the bytes from `first` to `last` of each of some planes of `size` bytes, before they
  /// are read.
  void load(int planes, long size, long first, long last) {
    if (copy.address() != 0 && first < last) {
      for (int i = 0; i < planes; i++) {
        long from = i * size + first;
        MemorySegment.copy(memory, at + from, copy, from, last - first);
      }
    }
  }

  /// Copies what was computed to where it belongs.
  void store() {
    if (copy.address() != 0) {
      MemorySegment.copy(copy, 0, memory, at, bytes);
    }
  }
}
