package dev.gatun.tensor;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import java.lang.foreign.MemorySegment;

/// Vectors of evenly spaced numbers. They are made in pieces, so that a budget refuses what is too
/// long before an array on the heap has to hold it.
final class Sequences {
  private static final int PIECE = 1 << 16;

  /// Makes `count` elements from position `from` on.
  @FunctionalInterface
  private interface Piece {
    Tensor make(long from, int count);
  }

  private Sequences() {}

  static Tensor arange(DType dtype, double start, double end, double step) {
    double length = Math.ceil((end - start) / step);
    if (step == 0 || !(length >= 0) || length > 0x1p60) {
      throw new ShapeException(
          "arange: no steps of %s lead from %s to %s".formatted(step, start, end));
    }
    if (dtype.isFloating()) {
      return joined(
          "arange",
          dtype,
          (long) length,
          (from, count) -> {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
              values[i] = start + step * (from + i);
            }
            return of(values, dtype);
          });
    }
    return joined(
        "arange",
        dtype,
        (long) length,
        (from, count) -> {
          long[] values = new long[count];
          for (int i = 0; i < count; i++) {
            values[i] = (long) (start + step * (from + i));
          }
          MemorySegment memory = MemorySegment.ofArray(values);
          return Creation.of(memory, DType.I64, count, new long[] {count}).to(dtype);
        });
  }

  static Tensor linspace(DType dtype, double start, double end, long steps) {
    if (steps < 0) {
      throw new ShapeException("linspace: negative number of steps: " + steps);
    }
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    // From both ends, as PyTorch does, so that the last value is exactly `end`.
    long half = steps == 1 ? 1 : steps / 2;
    return joined(
        "linspace",
        dtype,
        steps,
        (from, count) -> {
          double[] values = new double[count];
          for (int i = 0; i < count; i++) {
            long at = from + i;
            values[i] = at < half ? start + step * at : end - step * (steps - 1 - at);
          }
          return of(values, dtype);
        });
  }

  private static Tensor of(double[] values, DType dtype) {
    long n = values.length;
    return Creation.of(MemorySegment.ofArray(values), DType.F64, n, new long[] {n}).to(dtype);
  }

  private static Tensor joined(String op, DType dtype, long n, Piece piece) {
    if (n <= PIECE) {
      return piece.make(0, (int) n);
    }
    Tensor y = Raw.empty(op, dtype, n);
    for (long from = 0; from < n; from += PIECE) {
      int count = (int) Math.min(PIECE, n - from);
      try (Scope _ = Scope.open(op)) {
        Raw.copy(piece.make(from, count), Raw.view(y, new long[] {count}, new long[] {1}, from));
      }
    }
    return y;
  }
}
