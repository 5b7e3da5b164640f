package dev.gatun.kernel;

import static dev.gatun.kernel.Element.i64;
import static dev.gatun.kernel.Element.unsupported;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;

/// Random fills of contiguous rows, computed from counters: element `i` of a draw depends on the
/// seed, on the first counter and on `i` only, whatever the number of threads.
///
/// A counter gives 128 random bits: four elements of F32, two of any other dtype. A draw of `n`
/// elements at `counter` uses up [#counters] of them; the next draw starts behind. Offsets are
/// elements.
public final class RandomKernels {
  private RandomKernels() {}

  /// How many counters a draw uses up: `ceil(n / 4)` for F32, otherwise `ceil(n / 2)`.
  ///
  /// @param dtype dtype of the draw (I64 for a permutation)
  /// @param n its number of elements
  /// @return counters to advance by
  public static long counters(DType dtype, long n) {
    return Math.ceilDiv(n, dtype == DType.F32 ? 4 : 2);
  }

  /// Uniform numbers in `[lo, hi)`, of 24 random bits in F32 and 53 in F64.
  ///
  /// @param dtype F32 or F64
  /// @param y result
  /// @param yOffset its first element
  /// @param n number of elements
  /// @param lo lower bound
  /// @param hi upper bound, not reached unless equal to `lo`
  /// @param seed key of the stream
  /// @param counter first counter of the draw
  public static void uniform(
      DType dtype,
      MemorySegment y,
      long yOffset,
      long n,
      double lo,
      double hi,
      long seed,
      long counter) {
    RandomLoops.Part part =
        switch (dtype) {
          case F32 -> RandomLoops.uniformF32(lo, hi, seed, counter);
          case F64 -> RandomLoops.uniformF64(lo, hi, seed, counter);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("uniform", dtype);
        };
    run(dtype, y, yOffset, n, part);
  }

  /// Normally distributed numbers, by the method of Box and Muller.
  ///
  /// @param dtype F32 or F64
  /// @param y result
  /// @param yOffset its first element
  /// @param n number of elements
  /// @param mean mean of the distribution
  /// @param std its standard deviation
  /// @param seed key of the stream
  /// @param counter first counter of the draw
  public static void normal(
      DType dtype,
      MemorySegment y,
      long yOffset,
      long n,
      double mean,
      double std,
      long seed,
      long counter) {
    RandomLoops.Part part =
        switch (dtype) {
          case F32 -> RandomLoops.normalF32(mean, std, seed, counter);
          case F64 -> RandomLoops.normalF64(mean, std, seed, counter);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("normal", dtype);
        };
    run(dtype, y, yOffset, n, part);
  }

  /// Uniform integers in `[lo, hiExclusive)`: the high half of a product of 64 random bits with the
  /// size of the range, which is off from uniform by less than the size over 2⁶⁴. With `lo` equal
  /// to `hiExclusive` the range is all of the 64-bit integers.
  ///
  /// @param dtype I32 or I64
  /// @param y result
  /// @param yOffset its first element
  /// @param n number of elements
  /// @param lo smallest integer
  /// @param hiExclusive one more than the largest
  /// @param seed key of the stream
  /// @param counter first counter of the draw
  public static void integers(
      DType dtype,
      MemorySegment y,
      long yOffset,
      long n,
      long lo,
      long hiExclusive,
      long seed,
      long counter) {
    RandomLoops.Part part =
        switch (dtype) {
          case I32 -> RandomLoops.integersI32(lo, hiExclusive - lo, seed, counter);
          case I64 -> RandomLoops.integersI64(lo, hiExclusive - lo, seed, counter);
          case F32, F64, U8, BOOL, BF16, F16 -> throw unsupported("integers", dtype);
        };
    run(dtype, y, yOffset, n, part);
  }

  /// A random order of `0 .. n-1` (Fisher and Yates), from `counters(I64, n)` counters.
  ///
  /// @param y result, I64
  /// @param yOffset its first element
  /// @param n number of elements
  /// @param seed key of the stream
  /// @param counter first counter of the draw
  public static void permutation(MemorySegment y, long yOffset, long n, long seed, long counter) {
    long yo = yOffset * Long.BYTES;
    for (long i = 0; i < n; i++) {
      i64(y, yo + i * Long.BYTES, i);
    }
    Philox philox = new Philox();
    for (long i = n - 1; i > 0; i--) {
      if ((n - 1 - i) % 2 == 0) {
        philox.block(seed, counter + (n - 1 - i) / 2);
      }
      long bits = (n - 1 - i) % 2 == 0 ? philox.low() : philox.high();
      long other = yo + Math.unsignedMultiplyHigh(bits, i + 1) * Long.BYTES;
      long value = i64(y, yo + i * Long.BYTES);
      i64(y, yo + i * Long.BYTES, i64(y, other));
      i64(y, other, value);
    }
  }

  /// Exponentially distributed numbers.
  ///
  /// @param dtype F32 or F64
  /// @param y result
  /// @param yOffset its first element
  /// @param n number of elements
  /// @param rate one over the mean of the distribution
  /// @param seed key of the stream
  /// @param counter first counter of the draw
  public static void exponential(
      DType dtype, MemorySegment y, long yOffset, long n, double rate, long seed, long counter) {
    RandomLoops.Part part =
        switch (dtype) {
          case F32 -> RandomLoops.exponentialF32(rate, seed, counter);
          case F64 -> RandomLoops.exponentialF64(rate, seed, counter);
          case I32, I64, U8, BOOL, BF16, F16 -> throw unsupported("exponential", dtype);
        };
    run(dtype, y, yOffset, n, part);
  }

  private static void run(
      DType dtype, MemorySegment y, long yOffset, long n, RandomLoops.Part part) {
    long yo = yOffset * dtype.byteSize();
    int tasks = Math.toIntExact(Math.ceilDiv(n, RandomLoops.CHUNK));
    if (tasks <= 1) {
      part.fill(y, yo, 0, n);
      return;
    }
    MemorySegment alias = Workers.alias(y);
    Workers.run(
        tasks,
        t -> {
          long from = t * RandomLoops.CHUNK;
          part.fill(alias, yo, from, Math.min(n, from + RandomLoops.CHUNK));
        });
  }
}
