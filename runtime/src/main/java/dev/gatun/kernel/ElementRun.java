package dev.gatun.kernel;

import java.lang.foreign.MemorySegment;

/// Elements of one dtype, one after the other.
///
/// @param memory where they are
/// @param offset the first element
public record ElementRun(MemorySegment memory, long offset) {
  ElementRun alias() {
    return new ElementRun(Workers.alias(memory), offset);
  }

  /// Where an element is, in bytes.
  long at(long element, int bytes) {
    return (offset + element) * bytes;
  }
}
