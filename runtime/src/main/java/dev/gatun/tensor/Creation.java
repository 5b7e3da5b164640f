package dev.gatun.tensor;

import dev.gatun.kernel.CopyKernels;
import dev.gatun.memory.DType;
import dev.gatun.memory.Storage;
import java.lang.foreign.MemorySegment;

/// What the factories of [Tensor] do.
final class Creation {
  private Creation() {}

  /// A copy of `count` elements of `dtype` that lie on the heap.
  static Tensor of(MemorySegment values, DType dtype, long count, long[] shape) {
    if (Shapes.numel("of", shape) != count) {
      throw new ShapeException(
          "of: %d values do not fill shape %s (%d elements)"
              .formatted(count, Shapes.format(shape), Shapes.numel("of", shape)));
    }
    Tensor y = Raw.empty("of", dtype, shape.clone());
    MemorySegment.copy(values, 0, y.writable(), 0, values.byteSize());
    return y;
  }

  static Tensor ofBooleans(boolean[] values, long[] shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = values[i] ? (byte) 1 : 0;
    }
    return of(MemorySegment.ofArray(bytes), DType.BOOL, bytes.length, shape);
  }

  static Tensor ofRows(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Tensor y = Raw.empty("of", DType.F32, rows.length, columns);
    MemorySegment to = y.writable();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new ShapeException(
            "of: rows differ in length: row 0 has %d, row %d has %d"
                .formatted(columns, i, rows[i].length));
      }
      MemorySegment.copy(MemorySegment.ofArray(rows[i]), 0, to, 4L * i * columns, 4L * columns);
    }
    return y;
  }

  static Tensor zeros(DType dtype, long[] shape) {
    long numel = Shapes.numel("zeros", shape);
    return Raw.over(
        Storage.allocateZeroed(Raw.bytes("zeros", dtype, numel, shape)), dtype, shape.clone());
  }

  static Tensor full(DType dtype, double value, long[] shape) {
    Tensor y = Raw.empty("full", dtype, shape.clone());
    CopyKernels.fill(dtype, y.writable(), 0, dtype.byteSize(), y.numel, value);
    return y;
  }

  static Tensor eye(DType dtype, long n) {
    Tensor y = zeros(dtype, new long[] {n, n});
    long step = (n + 1) * dtype.byteSize();
    CopyKernels.fill(dtype, y.writable(), 0, step, n, 1);
    return y;
  }

  static Tensor linspace(DType dtype, double start, double end, long steps) {
    requireFloating("linspace", dtype);
    return Sequences.linspace(dtype, start, end, steps);
  }

  static Tensor wrap(MemorySegment segment, DType dtype, long[] shape) {
    long bytes = Raw.bytes("wrap", dtype, Shapes.numel("wrap", shape), shape);
    if (segment.byteSize() < bytes) {
      throw new ShapeException(
          "wrap: shape %s of %s needs %d bytes, the segment has %d"
              .formatted(Shapes.format(shape), dtype, bytes, segment.byteSize()));
    }
    return Raw.over(Storage.wrap(segment), dtype, shape.clone());
  }

  static void requireFloating(String op, DType dtype) {
    if (!dtype.isFloating()) {
      throw new DTypeException(
          "%s: needs a floating dtype, got %s; convert with to(DType)".formatted(op, dtype));
    }
  }
}
