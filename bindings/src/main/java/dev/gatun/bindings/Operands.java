package dev.gatun.bindings;

import java.lang.foreign.MemorySegment;

/// Checks what is passed to BLAS, which itself checks nothing that would keep it from reading or
/// writing outside of a segment.
final class Operands {
  private Operands() {}

  /// A size that BLAS takes as a 32-bit number.
  static void size(String operation, String name, long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation + ": " + name + " out of range: " + value + " (expected 0..2147483647)");
    }
  }

  static void sizes(String operation, long m, long n, long k) {
    // One test for the common case: a negative or wide number sets one of the upper bits.
    if ((m | n | k) >>> 31 != 0) {
      size(operation, "m", m);
      size(operation, "n", n);
      size(operation, "k", k);
    }
  }

  /// A row-major matrix whose rows start `ld` elements apart.
  static void matrix(
      String operation,
      String name,
      MemorySegment segment,
      long offset,
      long rows,
      long columns,
      long ld,
      int elementBytes) {
    if (ld < Math.max(1, columns) || ld > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation
              + ": leading dimension out of range: ld"
              + name
              + " of "
              + name
              + " ["
              + rows
              + ","
              + columns
              + "] ("
              + ld
              + ", expected "
              + Math.max(1, columns)
              + "..2147483647)");
    }
    // At most 2^31 * 2^31 elements: this and the bytes fit a long.
    long elements = rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns;
    if (isOutside(segment, offset, elements, elementBytes)) {
      throw outside(
          operation,
          name + " [" + rows + "," + columns + "] with ld" + name + " " + ld,
          segment,
          offset,
          elements,
          elementBytes);
    }
    requireNative(operation, name, segment);
  }

  /// A row of `count` matrices, `stride` elements apart.
  static void batch(
      String operation,
      String name,
      MemorySegment segment,
      long offset,
      long rows,
      long columns,
      long ld,
      long stride,
      long count,
      int elementBytes) {
    if (stride < 0 || stride > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation
              + ": stride out of range: stride"
              + name
              + " ("
              + stride
              + ", expected 0..2147483647)");
    }
    matrix(operation, name, segment, offset, count == 0 ? 0 : rows, columns, ld, elementBytes);
    if (count == 0 || rows == 0 || columns == 0) {
      return;
    }
    long elements = (count - 1) * stride + (rows - 1) * ld + columns;
    if (isOutside(segment, offset, elements, elementBytes)) {
      throw outside(
          operation,
          count
              + " times "
              + name
              + " ["
              + rows
              + ","
              + columns
              + "] with stride"
              + name
              + " "
              + stride,
          segment,
          offset,
          elements,
          elementBytes);
    }
  }

  /// A vector whose elements are `inc` elements apart.
  static void vector(
      String operation,
      String name,
      MemorySegment segment,
      long offset,
      long length,
      long inc,
      int elementBytes) {
    if (inc < 1 || inc > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation
              + ": increment out of range: inc"
              + name
              + " ("
              + inc
              + ", expected 1..2147483647)");
    }
    long elements = length == 0 ? 0 : (length - 1) * inc + 1;
    if (isOutside(segment, offset, elements, elementBytes)) {
      throw outside(
          operation,
          name + " [" + length + "] with inc" + name + " " + inc,
          segment,
          offset,
          elements,
          elementBytes);
    }
    requireNative(operation, name, segment);
  }

  static void writable(String operation, String name, MemorySegment segment) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException(operation + ": the result is read-only memory: " + name);
    }
  }

  private static void requireNative(String operation, String name, MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          operation + ": memory on the Java heap: " + name + "; copy it to an arena's segment");
    }
  }

  private static boolean isOutside(
      MemorySegment segment, long offset, long elements, int elementBytes) {
    // The elements may be 2^62, so their bytes might not fit a long: the segment is divided.
    long size = segment.byteSize();
    return offset < 0 || offset > size || elements > (size - offset) / elementBytes;
  }

  private static IndexOutOfBoundsException outside(
      String operation,
      String operand,
      MemorySegment segment,
      long offset,
      long elements,
      int elementBytes) {
    return new IndexOutOfBoundsException(
        operation
            + ": operand does not fit its memory: "
            + operand
            + " ("
            + elements
            + " elements of "
            + elementBytes
            + " bytes from byte "
            + offset
            + " of "
            + segment.byteSize()
            + ")");
  }
}
