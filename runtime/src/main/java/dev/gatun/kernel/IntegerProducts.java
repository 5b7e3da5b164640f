package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Matrix products of integers, which wrap around as the dtype does. Rows of B are added up, so
/// that the inner loop runs along arrays.
public final class IntegerProducts {
  private static final int BLOCK = 256;

  private IntegerProducts() {}

  /// `C = A B` of contiguous matrices; offsets in elements.
  ///
  /// @param dtype I32 or I64
  public static void multiply(
      DType dtype,
      long m,
      long n,
      long k,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment c,
      long cOffset) {
    boolean wide =
        switch (dtype) {
          case I32 -> false;
          case I64 -> true;
          case F32, F64, U8, BOOL, BF16, F16 -> throw Element.unsupported("matmul", dtype);
        };
    for (long j = 0; j < n; j += BLOCK) {
      int columns = (int) Math.min(BLOCK, n - j);
      if (wide) {
        longs(m, n, k, j, columns, a, aOffset, b, bOffset, c, cOffset);
      } else {
        ints(m, n, k, j, columns, a, aOffset, b, bOffset, c, cOffset);
      }
    }
  }

  private static void ints(
      long m,
      long n,
      long k,
      long j,
      int columns,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment c,
      long cOffset) {
    int[] rows = new int[(int) Math.min(BLOCK, k) * columns];
    int[] sums = new int[columns];
    for (long p = 0; p == 0 || p < k; p += BLOCK) {
      int inner = (int) Math.min(BLOCK, k - p);
      for (int q = 0; q < inner; q++) {
        long at = (bOffset + (p + q) * n + j) * Integer.BYTES;
        MemorySegment.copy(b, ValueLayout.JAVA_INT_UNALIGNED, at, rows, q * columns, columns);
      }
      for (long i = 0; i < m; i++) {
        long at = (cOffset + i * n + j) * Integer.BYTES;
        if (p == 0) {
          java.util.Arrays.fill(sums, 0);
        } else {
          MemorySegment.copy(c, ValueLayout.JAVA_INT_UNALIGNED, at, sums, 0, columns);
        }
        for (int q = 0; q < inner; q++) {
          int factor = Element.i32(a, (aOffset + i * k + p + q) * Integer.BYTES);
          int row = q * columns;
          for (int x = 0; x < columns; x++) {
            sums[x] += factor * rows[row + x];
          }
        }
        MemorySegment.copy(sums, 0, c, ValueLayout.JAVA_INT_UNALIGNED, at, columns);
      }
    }
  }

  private static void longs(
      long m,
      long n,
      long k,
      long j,
      int columns,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment c,
      long cOffset) {
    long[] rows = new long[(int) Math.min(BLOCK, k) * columns];
    long[] sums = new long[columns];
    for (long p = 0; p == 0 || p < k; p += BLOCK) {
      int inner = (int) Math.min(BLOCK, k - p);
      for (int q = 0; q < inner; q++) {
        long at = (bOffset + (p + q) * n + j) * Long.BYTES;
        MemorySegment.copy(b, ValueLayout.JAVA_LONG_UNALIGNED, at, rows, q * columns, columns);
      }
      for (long i = 0; i < m; i++) {
        long at = (cOffset + i * n + j) * Long.BYTES;
        if (p == 0) {
          java.util.Arrays.fill(sums, 0);
        } else {
          MemorySegment.copy(c, ValueLayout.JAVA_LONG_UNALIGNED, at, sums, 0, columns);
        }
        for (int q = 0; q < inner; q++) {
          long factor = Element.i64(a, (aOffset + i * k + p + q) * Long.BYTES);
          int row = q * columns;
          for (int x = 0; x < columns; x++) {
            sums[x] += factor * rows[row + x];
          }
        }
        MemorySegment.copy(sums, 0, c, ValueLayout.JAVA_LONG_UNALIGNED, at, columns);
      }
    }
  }
}
