package dev.gatun.kernel;

import static dev.gatun.kernel.Element.f32;
import static dev.gatun.kernel.Element.f64;
import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Memory.ALL;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Counts into bins. Operands are contiguous, offsets elements.
public final class CountKernels {
  private static final int BLOCK = RowBuffer.BLOCK;

  private CountKernels() {}

  /// How often each of the integers from 0 on occurs.
  ///
  /// @param n number of elements
  /// @param x integers, I64, from 0 up to the number of bins
  /// @param xOffset the first one
  /// @param y counts, I64, added to
  /// @param yOffset that of 0
  public static void count(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      long at = (yOffset + i64(x, (xOffset + i) * 8)) * 8;
      i64(y, at, i64(y, at) + 1);
    }
  }

  /// The sum of the weights of each of the integers from 0 on.
  ///
  /// @param dtype of the weights and the sums, F32 or F64
  /// @param n number of elements
  /// @param x integers, I64, from 0 up to the number of bins
  /// @param xOffset the first one
  /// @param weights one for each
  /// @param weightsOffset the first one
  /// @param y sums, added to
  /// @param yOffset that of 0
  public static void weigh(
      DType dtype,
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment weights,
      long weightsOffset,
      MemorySegment y,
      long yOffset) {
    for (long i = 0; i < n; i++) {
      long bin = yOffset + i64(x, (xOffset + i) * 8);
      if (dtype == DType.F32) {
        f32(y, bin * 4, f32(y, bin * 4) + f32(weights, (weightsOffset + i) * 4));
      } else {
        f64(y, bin * 8, f64(y, bin * 8) + f64(weights, (weightsOffset + i) * 8));
      }
    }
  }

  /// How many elements are in each of the equal parts of a range; the last one includes its end.
  /// What is outside, or NaN, is not counted.
  ///
  /// @param dtype of the elements, F32 or F64
  /// @param n number of elements
  /// @param x elements
  /// @param xOffset the first one
  /// @param low start of the range
  /// @param high its end, above `low`
  /// @param counts one for each part, added to
  public static void histogram(
      DType dtype, long n, MemorySegment x, long xOffset, double low, double high, long[] counts) {
    int bytes = dtype.byteSize();
    UnaryRow load =
        dtype == DType.F64 ? CopyKernels.copy(dtype) : CopyKernels.convert(dtype, DType.F64);
    RowBuffer buffer = RowBuffer.take();
    for (long i = 0; i < n; i += BLOCK) {
      long m = Math.min(BLOCK, n - i);
      load.apply(x, (xOffset + i) * bytes, bytes, ALL, buffer.address(0), 8, m);
      for (long j = 0; j < m; j++) {
        double v = f64(ALL, buffer.address(0) + j * 8);
        if (v >= low && v <= high) {
          int bin = (int) ((v - low) * counts.length / (high - low));
          counts[Math.min(bin, counts.length - 1)]++;
        }
      }
    }
    buffer.release();
  }
}
