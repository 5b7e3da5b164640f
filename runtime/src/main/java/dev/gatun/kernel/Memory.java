package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// All of the process's memory as one segment, by address, for the vector loops.
///
/// A loop over a segment that it was given is fast only while every segment that any loop has seen
/// is of one kind: as soon as memory of the heap, mapped memory or memory of another owner came by,
/// the compiler checks kind and owner at each element, or compiles the loop again and again. A
/// constant segment has one kind. What it does not check is checked here, once per row.
final class Memory {
  @SuppressWarnings("restricted") // addresses come from rows that have been checked
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final MemorySegment.Scope ALWAYS = ALL.scope();

  private Memory() {}

  /// Whether the memory stays whoever closes what: a pool's block, as kernels see those of scopes.
  static boolean isPlain(MemorySegment segment) {
    return segment.scope().equals(ALWAYS);
  }

  /// The address of a row in plain memory.
  static long address(MemorySegment segment, long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, segment.byteSize());
    return segment.address() + offset;
  }
}
