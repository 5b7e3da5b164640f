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

  static Tensor arange(DType dtype, double start, double end, double step) {
    double length = Math.ceil((end - start) / step);
    if (step == 0 || !(length >= 0) || length > 0x1p60) {
      throw new ShapeException(
          "arange: no steps of %s lead from %s to %s".formatted(step, start, end));
    }
    return sequence("arange", dtype, (long) length, start, step);
  }

  static Tensor linspace(DType dtype, double start, double end, long steps) {
    requireFloating("linspace", dtype);
    if (steps < 0) {
      throw new ShapeException("linspace: negative number of steps: " + steps);
    }
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    // From both ends, as PyTorch does, so that the last value is exactly `end`.
    double[] values = new double[Math.toIntExact(steps)];
    int half = values.length / 2;
    for (int i = 0; i < values.length; i++) {
      values[i] = i < half ? start + step * i : end - step * (steps - 1 - i);
    }
    if (steps == 1) {
      values[0] = start;
    }
    return converted(values, dtype);
  }

  private static Tensor sequence(String op, DType dtype, long n, double start, double step) {
    if (n > Integer.MAX_VALUE - 8) {
      throw new ShapeException(op + ": more than 2^31 values: " + n);
    }
    if (dtype.isFloating()) {
      double[] values = new double[(int) n];
      for (int i = 0; i < n; i++) {
        values[i] = start + step * i;
      }
      return converted(values, dtype);
    }
    long[] values = new long[(int) n];
    for (int i = 0; i < n; i++) {
      values[i] = (long) (start + step * i);
    }
    Tensor exact = of(MemorySegment.ofArray(values), DType.I64, n, new long[] {n});
    return exact.to(dtype);
  }

  private static Tensor converted(double[] values, DType dtype) {
    long n = values.length;
    return of(MemorySegment.ofArray(values), DType.F64, n, new long[] {n}).to(dtype);
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
