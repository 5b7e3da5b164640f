package dev.gatun.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

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

  /// Copies `n` elements from the one at `from` on into an array.
  void read(long from, float[] into, int n) {
    MemorySegment.copy(memory, JAVA_FLOAT_UNALIGNED, at(from, Float.BYTES), into, 0, n);
  }

  /// Copies `n` elements of an array to the one at `to` and on.
  void write(float[] values, long to, int n) {
    MemorySegment.copy(values, 0, memory, JAVA_FLOAT_UNALIGNED, at(to, Float.BYTES), n);
  }

  /// Copies `n` elements from the one at `from` on into an array.
  void read(long from, double[] into, int n) {
    MemorySegment.copy(memory, JAVA_DOUBLE_UNALIGNED, at(from, Double.BYTES), into, 0, n);
  }

  /// Copies `n` elements of an array to the one at `to` and on.
  void write(double[] values, long to, int n) {
    MemorySegment.copy(values, 0, memory, JAVA_DOUBLE_UNALIGNED, at(to, Double.BYTES), n);
  }
}
